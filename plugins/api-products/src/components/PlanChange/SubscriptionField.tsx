import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import type { Id, Subscription } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';

/** Whose plan is changed: said where there is one, chosen where there are several. */
export function SubscriptionField(props: {
  subscriptions: Subscription[];
  value: Subscription;
  disabled: boolean;
  onChange: (id: Id) => void;
}) {
  const { subscriptions, value, disabled, onChange } = props;
  const t = useT();
  if (subscriptions.length === 1) {
    return (
      <Typography gutterBottom>
        {t('planChange.has', {
          application: value.application.name,
          product: value.products[0].title,
          plan: value.plan.title,
        })}
      </Typography>
    );
  }
  return (
    <FormControl component="fieldset" fullWidth disabled={disabled}>
      <FormLabel component="legend">{t('requestAccess.for')}</FormLabel>
      <RadioGroup
        aria-label={t('requestAccess.for')}
        name="subscription"
        value={value.id}
        onChange={(_, id) => onChange(id)}
      >
        {subscriptions.map(({ id, application, plan }) => (
          <FormControlLabel
            key={id}
            value={id}
            control={<Radio color="primary" size="small" />}
            label={t('planChange.hasOption', {
              application: application.name,
              owner: refName(application.owner),
              plan: plan.title,
            })}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
