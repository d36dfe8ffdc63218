import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { useApi } from '@backstage/core-plugin-api';
import type {
  PlanLink,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import { ConfirmDialog } from '../shared';

/** Keeps the plan that a subscription has, as long as it has not begun to move. */
export function WithdrawChange(props: {
  subscription: Subscription;
  to: PlanLink;
  onChanged: (what: string) => void;
}) {
  const { subscription, to, onChanged } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [asking, setAsking] = useState(false);
  const what = {
    product: subscription.products.map(({ title }) => title).join(', '),
    from: subscription.plan.title,
    plan: to.title,
  };
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        aria-label={t('planChange.withdrawLabel', what)}
        onClick={() => setAsking(true)}
      >
        {t('planChange.withdraw')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('planChange.withdrawTitle', what)}
          confirm={t('planChange.withdraw')}
          busy={t('planChange.withdrawing')}
          cancel={t('planChange.keep')}
          failed={t('planChange.withdrawFailed')}
          onConfirm={async () => {
            await api.withdrawPlanChange(subscription.id);
            setAsking(false);
            onChanged(t('planChange.withdrawn', what));
          }}
          onClose={() => setAsking(false)}
        >
          {t('planChange.withdrawExplain', what)}
        </ConfirmDialog>
      )}
    </>
  );
}
