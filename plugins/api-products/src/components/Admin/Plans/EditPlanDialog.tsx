import { parseEntityRef } from '@backstage/catalog-model';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef, Plan } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useResource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { useUniqueId } from '../../../hooks/useUniqueId';
import { ErrorState, LoadingSkeleton } from '../../shared';
import { OriginText } from '../OriginText';
import { recordName } from '../recordName';
import { PlanDialog } from './PlanDialog';

/** Loads a plan to edit; one that cannot be edited here says where. */
export function EditPlanDialog(props: {
  planRef: EntityRef;
  onSaved: (plan: Plan) => void;
  onClose: () => void;
}) {
  const { planRef, onSaved, onClose } = props;
  const t = useT();
  const titleId = useUniqueId('plan');
  const api = useApi(apiProductsApiRef);
  const plan = useResource(`plan ${planRef}`, signal =>
    api.getPlan(recordName(parseEntityRef(planRef)), { signal }),
  );

  if (plan.value?.actions.includes('edit')) {
    return <PlanDialog plan={plan.value} onSaved={onSaved} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
      onClose={onClose}
    >
      <DialogContent>
        <Typography variant="h6" component="h2" id={titleId} gutterBottom>
          {t('adminPlans.dialog.editTitle', {
            name: plan.value?.title ?? parseEntityRef(planRef).name,
          })}
        </Typography>
        {plan.value && (
          <Typography variant="body2" component="div">
            {t('adminPlans.dialog.managed')} <OriginText record={plan.value} />
          </Typography>
        )}
        {!plan.value && plan.error && (
          <ErrorState
            title={t('adminProducts.plans.loadFailed')}
            error={plan.error}
            onRetry={plan.reload}
          />
        )}
        {!plan.value && !plan.error && (
          <LoadingSkeleton variant="text" count={4} />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('adminPlans.dialog.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
