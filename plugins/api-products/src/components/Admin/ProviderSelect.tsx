import TextField from '@material-ui/core/TextField';
import { useApi } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../../api';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';

/** One of the configured providers, or none. */
export function ProviderSelect(props: {
  /** Empty for none. */
  value: string;
  none: string;
  disabled: boolean;
  error?: string;
  onChange: (provider: string) => void;
}) {
  const { value, none, disabled, error, onChange } = props;
  const t = useT();
  const id = useUniqueId('provider');
  const api = useApi(apiProductsApiRef);
  const providers = useResource('providers', signal =>
    api.listProviders({ signal }),
  );
  const known = providers.value?.items ?? [];
  const help = providers.error
    ? t('adminProducts.dialog.providersFailed')
    : undefined;
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      fullWidth
      margin="dense"
      label={t('admin.field.provider')}
      value={value}
      disabled={disabled}
      error={error !== undefined || providers.error !== undefined}
      helperText={error ?? help}
      onChange={event => onChange(event.target.value)}
    >
      <option value="">{none}</option>
      {value !== '' && !known.some(provider => provider.id === value) && (
        <option value={value}>{value}</option>
      )}
      {known.map(provider => (
        <option key={provider.id} value={provider.id}>
          {provider.title}
        </option>
      ))}
    </TextField>
  );
}
