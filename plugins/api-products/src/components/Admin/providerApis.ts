/** What a form and a list have to know of the APIs of a provider. */
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';

/** APIs with the text in their name, path or sign-in. */
export function matchingApis(apis: ProviderApi[], q: string): ProviderApi[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return apis.filter(api => {
    const text = [api.name, api.listenPath, api.authentication, api.entity]
      .join(' ')
      .toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** How callers of an API sign in, in words. */
export function useSignInLabel(): (
  api: Pick<ProviderApi, 'authentication' | 'authenticationNote'>,
) => string {
  const t = useT();
  return ({ authentication, authenticationNote }) => {
    const word =
      authentication === 'other'
        ? t('adminProviders.apis.other')
        : t(`product.auth.${authentication}`);
    return authenticationNote ? `${word}: ${authenticationNote}` : word;
  };
}
