import Box from '@material-ui/core/Box';
import { useApi } from '@backstage/core-plugin-api';
import { LinkButton } from '../backstage';
import { apiProductsApiRef } from '../../api';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { approvalsRouteRef, myAccessRouteRef } from '../../routes';

/** The ways to what one has and to what waits for one's decision. */
export function MarketplaceLinks() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const myAccess = useRoute(myAccessRouteRef);
  const approvals = useRoute(approvalsRouteRef);
  const me = useResource('me', signal => api.getMe({ signal }));
  useRefreshSignal(me.reloadSoon);
  const waiting = me.value?.counts.pendingForMe ?? 0;
  return (
    <Box display="flex" justifyContent="flex-end" gridGap={8} mb={1}>
      <LinkButton to={myAccess?.()} color="primary">
        {t('marketplace.myAccess')}
      </LinkButton>
      <LinkButton to={approvals?.()} color="primary">
        {waiting > 0
          ? t('marketplace.approvalsWaiting', { waiting: String(waiting) })
          : t('marketplace.approvals')}
      </LinkButton>
    </Box>
  );
}
