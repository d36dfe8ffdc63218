import { useState } from 'react';
import Button from '@material-ui/core/Button';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { ChangePlanDialog } from './ChangePlanDialog';
import { useAskedWords } from './useAskedWords';

/** Opens the dialog in which another plan is asked for. */
export function ChangePlan(props: {
  subscription: Subscription;
  /** It is asked for; what comes of it, in words. */
  onChanged: (what: string) => void;
}) {
  const { subscription, onChanged } = props;
  const t = useT();
  const askedWords = useAskedWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        aria-label={t('planChange.buttonLabel', {
          product: subscription.products.map(({ title }) => title).join(', '),
          plan: subscription.plan.title,
        })}
        onClick={() => setOpen(true)}
      >
        {t('planChange.button')}
      </Button>
      {open && (
        <ChangePlanDialog
          subscriptions={[subscription]}
          onClose={() => setOpen(false)}
          onDone={request => {
            setOpen(false);
            onChanged(askedWords(request));
          }}
        />
      )}
    </>
  );
}
