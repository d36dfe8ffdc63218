import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import {
  formatLimits,
  formatPrice,
  type EntityRef,
  type PlanSummary,
  type Product,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { sortedPlans } from '../ProductParts/plans';
import { refName } from '../../hooks/refName';

/** The plans of a product, each with what decides between them beside it. */
export function PlanFields(props: {
  product: Product;
  value?: EntityRef;
  error?: string;
  disabled: boolean;
  onChange: (plan: EntityRef) => void;
}) {
  const { product, value, error, disabled, onChange } = props;
  const t = useT();

  const details = (plan: PlanSummary) =>
    [
      formatLimits(plan),
      formatPrice(plan.pricing),
      plan.approval.mode === 'auto'
        ? t('requestAccess.atOnce')
        : t('requestAccess.ownerDecides', { owner: refName(product.owner) }),
      ...(plan.keysDelayed ? [t('requestAccess.keysDelayed')] : []),
    ].join(' · ');

  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      disabled={disabled}
      error={error !== undefined}
    >
      <FormLabel component="legend">{t('requestAccess.plan')}</FormLabel>
      {product.plans.length === 0 && (
        <Typography variant="body2">{t('requestAccess.noPlans')}</Typography>
      )}
      <RadioGroup
        aria-label={t('requestAccess.plan')}
        name="plan"
        value={value ?? ''}
        onChange={(_, plan) => onChange(plan)}
      >
        {sortedPlans(product.plans).map(plan => (
          <FormControlLabel
            key={plan.ref}
            value={plan.ref}
            control={<Radio color="primary" size="small" />}
            label={
              <>
                <strong>{plan.title}</strong>{' '}
                <Typography
                  component="span"
                  variant="body2"
                  color="textSecondary"
                >
                  {details(plan)}
                </Typography>
              </>
            }
          />
        ))}
      </RadioGroup>
      {error && <FormHelperText>{error}</FormHelperText>}
    </FormControl>
  );
}
