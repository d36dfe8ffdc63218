import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { apiProductsTranslationRef } from '../translation';

/** The plugin's own words in the reader's language. @internal */
export function useT() {
  return useTranslationRef(apiProductsTranslationRef).t;
}
