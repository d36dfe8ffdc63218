import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { apiProductsTranslationRef } from '../translation';

/** The plugin's own words in the reader's language. */
export function useT(): TranslationFunction<
  typeof apiProductsTranslationRef.T
> {
  return useTranslationRef(apiProductsTranslationRef).t;
}
