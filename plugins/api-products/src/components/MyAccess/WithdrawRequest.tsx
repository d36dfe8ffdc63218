import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { useApi } from '@backstage/core-plugin-api';
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import { ConfirmDialog } from '../shared';

/** Takes back a request that waits, where the caller may. */
export function WithdrawRequest(props: {
  request: AccessRequest;
  onChanged: (what: string) => void;
}) {
  const { request, onChanged } = props;
  const { product, plan } = request;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [asking, setAsking] = useState(false);
  const withdraw = async () => {
    await api.cancelAccessRequest(request.id, { revision: request.revision });
    setAsking(false);
    onChanged(t('myAccess.request.withdrawn', { product: product.title }));
  };
  return (
    <>
      {request.actions.includes('cancel') && (
        <Button
          size="small"
          variant="outlined"
          aria-label={t('myAccess.request.withdrawLabel', {
            product: product.title,
          })}
          onClick={() => setAsking(true)}
        >
          {t('myAccess.request.withdraw')}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title={t('myAccess.request.withdrawTitle')}
          confirm={t('myAccess.request.withdraw')}
          busy={t('myAccess.request.withdrawing')}
          cancel={t('myAccess.request.keep')}
          failed={t('myAccess.request.withdrawFailed')}
          onConfirm={withdraw}
          onClose={() => setAsking(false)}
        >
          {t('myAccess.request.withdrawExplain', {
            product: product.title,
            plan: plan.title,
            application: request.application.name,
          })}
        </ConfirmDialog>
      )}
    </>
  );
}
