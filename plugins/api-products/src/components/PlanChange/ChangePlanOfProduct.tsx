import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef, Product } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { ErrorState, LoadingSkeleton } from '../shared';
import { ChangePlanFlow } from './ChangePlanFlow';

/** Moves what the caller has of a product to one of its plans. */
export function ChangePlanOfProduct(props: {
  product: Product;
  plan: EntityRef;
  onClose: () => void;
  onDone: () => void;
}) {
  const { product, plan, onClose, onDone } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const titleId = useUniqueId('plan-change');
  const { value, error, reload } = useResource(
    `changeable ${product.ref}`,
    signal =>
      api.listSubscriptions(
        { as: 'consumer', product: product.ref, status: ['active'] },
        { signal },
      ),
  );
  const [first, ...more] = (value?.items ?? []).filter(
    ({ actions, plan: has }) =>
      actions.includes('change-plan') && has.ref !== plan,
  );
  if (first) {
    return (
      <ChangePlanFlow
        subscriptions={[first, ...more]}
        begin={{ plan }}
        onClose={onClose}
        onDone={onDone}
      />
    );
  }
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
      onClose={onClose}
    >
      <DialogTitle id={titleId}>
        {t('planChange.title', { product: product.title })}
      </DialogTitle>
      <DialogContent>
        {error && (
          <ErrorState
            title={t('planChange.loadFailed')}
            error={error}
            onRetry={reload}
          />
        )}
        {!error && !value && (
          <LoadingSkeleton
            variant="text"
            label={t('planChange.loading')}
            count={6}
          />
        )}
        {value && <Typography>{t('planChange.none')}</Typography>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('requestAccess.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
