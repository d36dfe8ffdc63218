import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Product,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { useT } from '../../hooks/useT';
import { RequestAccessDialog } from '../RequestAccess/RequestAccessDialog';
import { Problem } from '../shared';

/** For what has expired: a new key without a new approval while the plan allows that, afterwards a request filled in. */
export function GoOn(props: {
  subscription: Subscription;
  onStarted: (what?: string) => void;
}) {
  const { subscription, onStarted } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [product, setProduct] = useState<Product>();
  const [of] = subscription.products;
  const renew = useAction(async () => {
    await api.renewSubscription(subscription.id);
    onStarted(t('myAccess.renew.started', { product: of.title }));
  });
  const ask = useAction(async () => {
    setProduct(await api.getProduct(parseEntityRef(of.ref)));
  });
  const canRenew = subscription.actions.includes('renew');
  const { run, busy } = canRenew ? renew : ask;
  const word = canRenew ? 'renew' : 'requestAgain';
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color="primary"
        aria-label={t(`myAccess.${word}.label`, { product: of.title })}
        disabled={busy}
        onClick={run}
      >
        {t(`myAccess.${word}.button`)}
      </Button>
      <Problem title={t('myAccess.renew.failed')} error={renew.error} />
      <Problem title={t('myAccess.requestAgain.failed')} error={ask.error} />
      {product && (
        <RequestAccessDialog
          product={product}
          plan={subscription.plan.ref}
          application={subscription.application.id}
          onClose={() => {
            setProduct(undefined);
            onStarted();
          }}
        />
      )}
    </>
  );
}
