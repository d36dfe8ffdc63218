import Button from '@material-ui/core/Button';
import type {
  Product,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../../hooks/refName';
import type { Resource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { Picker, Problem } from '../../shared';
import { matchingApis, useSignInLabel } from '../providerApis';
import { apiKeyOf } from './productForm';

const MOST = 50;

/** APIs of the provider, each with how its callers sign in. */
export function ApiPicker(props: {
  provider: string;
  product?: Product;
  apis: Resource<ProviderApi[]>;
  value: string[];
  error?: string;
  disabled: boolean;
  onChange: (apis: string[]) => void;
}) {
  const { provider, product, apis, value, error, disabled, onChange } = props;
  const t = useT();
  const signInLabel = useSignInLabel();
  const known = apis.value ?? [];

  const labelOf = (key: string): string => {
    const before = product?.apis.find(api => apiKeyOf(api) === key);
    return (
      known.find(({ id }) => id === key)?.name ??
      before?.title ??
      (before?.ref ? refName(before.ref) : key)
    );
  };
  const [first] = known.filter(({ id }) => value.includes(id));
  return (
    <>
      <Picker
        label={t('adminProducts.dialog.apis')}
        choices={{
          key: `apis ${provider} ${known.length}`,
          labelOf,
          load: async q =>
            matchingApis(known, q)
              .slice(0, MOST)
              .map(api => ({
                value: api.id,
                label: api.name,
                hint: `${signInLabel(api)}, ${api.listenPath}`,
              })),
        }}
        value={value}
        error={error}
        help={
          first
            ? t('adminProducts.dialog.signIn', { signIn: signInLabel(first) })
            : t('adminProducts.dialog.apisHelp')
        }
        disabled={disabled}
        onChange={onChange}
      />
      <Problem
        title={t('adminProducts.dialog.apisFailed')}
        error={apis.error}
        background
      />
      {apis.error && (
        <Button size="small" onClick={apis.reload}>
          {t('shared.retry')}
        </Button>
      )}
    </>
  );
}
