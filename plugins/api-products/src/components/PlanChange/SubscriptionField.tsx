import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type { Id, Subscription } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';

/** Whose plan is changed: said where there is one, chosen where there are several. */
export function SubscriptionField(props: {
  subscriptions: Subscription[];
  value: Subscription;
  disabled: boolean;
  onChange: (id: Id) => void;
}) {
  const { subscriptions, value, disabled, onChange } = props;
  const t = useT();
  const id = useUniqueId('change-for');
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
    <TextField
      select
      id={id}
      label={t('requestAccess.for')}
      fullWidth
      value={value.id}
      disabled={disabled}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      onChange={event => onChange(event.target.value)}
    >
      {subscriptions.map(({ id: key, application, plan }) => (
        <option key={key} value={key}>
          {t('planChange.hasOption', {
            application: application.name,
            owner: refName(application.owner),
            plan: plan.title,
          })}
        </option>
      ))}
    </TextField>
  );
}
