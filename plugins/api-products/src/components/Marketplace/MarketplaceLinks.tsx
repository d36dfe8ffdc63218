import Box from '@material-ui/core/Box';
import { LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../../api';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { approvalsRouteRef, myAccessRouteRef } from '../../routes';

/** The ways to what one has and to what waits for one's decision. @internal */
export function MarketplaceLinks() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const myAccess = useRouteRef(myAccessRouteRef);
  const approvals = useRouteRef(approvalsRouteRef);
  const me = useResource('me', signal => api.getMe({ signal }));
  useRefreshSignal(me.reload);
  const waiting = me.value?.counts.pendingForMe ?? 0;
  return (
    <Box display="flex" justifyContent="flex-end" gridGap={8} mb={1}>
      <LinkButton to={myAccess()} color="primary">
        {t('marketplace.myAccess')}
      </LinkButton>
      <LinkButton to={approvals()} color="primary">
        {waiting > 0
          ? t('marketplace.approvalsWaiting', { waiting: String(waiting) })
          : t('marketplace.approvals')}
      </LinkButton>
    </Box>
  );
}
