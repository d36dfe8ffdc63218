import { useEffect, useState } from 'react';
import { SidebarItem } from '@backstage/core-components';
import { errorApiRef, useApi } from '@backstage/frontend-plugin-api';
import SettingsApplicationsIcon from '@material-ui/icons/SettingsApplications';
import { apiProductsApiRef } from 'backstage-plugin-api-products';

/** Leads platform owners to their pages; others, who would be turned away there, are not sent. */
export function AdminItem() {
  const api = useApi(apiProductsApiRef);
  const errorApi = useApi(errorApiRef);
  const [shown, setShown] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    api.getMe({ signal: controller.signal }).then(
      ({ platformOwner }) => setShown(platformOwner),
      reason => {
        if (!controller.signal.aborted) {
          errorApi.post(reason, { hidden: true });
        }
      },
    );
    return () => controller.abort();
  }, [api, errorApi]);

  return shown ? (
    <SidebarItem
      icon={SettingsApplicationsIcon}
      to="/api-products/admin"
      text="Admin"
    />
  ) : null;
}
