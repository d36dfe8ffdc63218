/** A product has one way to sign in, so its APIs must have the same: said before anything is sent. */
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { useSignInLabel } from '../providerApis';

/** Why these APIs cannot make one product, or undefined. */
export function useSignInProblem(): (
  apis: ProviderApi[],
) => string | undefined {
  const t = useT();
  const signInLabel = useSignInLabel();
  return apis => {
    const internal = apis.find(api => api.internal);
    if (internal) {
      return t('adminProducts.dialog.internal', { api: internal.name });
    }
    const other = apis.find(({ authentication }) => authentication === 'other');
    if (other) {
      return t('adminProducts.dialog.unsupported', {
        api: other.name,
        signIn: signInLabel(other),
      });
    }
    const modes = new Set(apis.map(({ authentication }) => authentication));
    return modes.size > 1
      ? t('adminProducts.dialog.mixed', {
          apis: apis.map(api => `${api.name} (${signInLabel(api)})`).join(', '),
        })
      : undefined;
  };
}
