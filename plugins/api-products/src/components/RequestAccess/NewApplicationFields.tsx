import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import type { Me } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { refName } from '../../hooks/refName';
import type { RequestField } from './requestFields';
import type { RequestForm } from './requestForm';
import { useOwnComponents } from './useOwnComponents';

export function NewApplicationFields(props: {
  me: Me;
  form: RequestForm;
  errors: Partial<Record<RequestField, string>>;
  disabled: boolean;
  onChange: (change: Partial<RequestForm>) => void;
}) {
  const { me, form, errors, disabled, onChange } = props;
  const t = useT();
  const { components, failed } = useOwnComponents(me, form.owner);
  const componentHelp = failed
    ? t('requestAccess.componentsFailed')
    : t('requestAccess.componentHelp');

  return (
    <Box pl={4}>
      <TextField
        id="request-access-name"
        label={t('requestAccess.name')}
        required
        fullWidth
        margin="dense"
        value={form.name}
        disabled={disabled}
        error={errors.name !== undefined}
        helperText={errors.name ?? t('requestAccess.nameHelp')}
        inputProps={{ maxLength: 63 }}
        onChange={event => onChange({ name: event.target.value })}
      />
      <TextField
        id="request-access-owner"
        label={t('requestAccess.owner')}
        select
        SelectProps={{ native: true }}
        fullWidth
        margin="dense"
        value={form.owner}
        disabled={disabled}
        error={errors.owner !== undefined}
        helperText={errors.owner ?? t('requestAccess.ownerHelp')}
        onChange={event =>
          // Another owner has other components.
          onChange({ owner: event.target.value, component: '' })
        }
      >
        {me.groups.map(ref => (
          <option key={ref} value={ref}>
            {refName(ref)}
          </option>
        ))}
        <option value={me.user}>
          {t('requestAccess.ownerMe', { owner: refName(me.user) })}
        </option>
      </TextField>
      <TextField
        id="request-access-component"
        label={t('requestAccess.component')}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        fullWidth
        margin="dense"
        value={form.component}
        disabled={disabled}
        error={errors.component !== undefined}
        helperText={errors.component ?? componentHelp}
        onChange={event => onChange({ component: event.target.value })}
      >
        <option value="">{t('requestAccess.componentNone')}</option>
        {components.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </TextField>
    </Box>
  );
}
