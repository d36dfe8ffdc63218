import { SidebarItem } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import SettingsApplicationsIcon from '@material-ui/icons/SettingsApplications';
import { apiProductsApiRef } from '../api';
import { useResource } from '../hooks/useResource';
import { useRoute } from '../hooks/useRoute';
import { useT } from '../hooks/useT';
import { adminRouteRef } from '../routes';

/**
 * Leads platform owners to their pages; others, who would be turned away there, are not sent. For the sidebar of a
 * legacy app, and for an app on the new system that arranges its sidebar itself.
 *
 * @public
 */
export function ApiAdminSidebarItem() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const admin = useRoute(adminRouteRef);
  const me = useResource('me', signal => api.getMe({ signal }));
  return admin && me.value?.platformOwner ? (
    <SidebarItem
      icon={SettingsApplicationsIcon}
      to={admin()}
      text={t('shared.page.admin')}
    />
  ) : null;
}
