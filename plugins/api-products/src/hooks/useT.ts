import type { JSX } from 'react';
import {
  useTranslationRef,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import { apiProductsTranslationRef } from '../translation';

type Messages = (typeof apiProductsTranslationRef)['T'];

/** All forms of each message: `items_one` and `items_other`, which a `count` decides between, are `items`. */
type Texts = {
  [Name in keyof Messages as Name extends `${infer Key}_${'one' | 'other'}`
    ? Key
    : Name]: Messages[Name];
};

/** The names between double braces. */
type Placeholder<Text extends string> =
  Text extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | Placeholder<Rest>
    : never;

type Options<Text extends string, Value> = [Placeholder<Text>] extends [never]
  ? []
  : [
      values: {
        [Name in Placeholder<Text>]: Name extends 'count' ? number : Value;
      },
    ];

/**
 * Backstage's own type of this function says the same, but asks the compiler to work out all messages anew at every
 * call, which took nine tenths of the type check.
 */
interface Translate {
  <Key extends keyof Texts>(
    key: Key,
    ...options: Options<Texts[Key], string>
  ): string;
  <Key extends keyof Texts>(
    key: Key,
    ...options: Options<Texts[Key], string | JSX.Element>
  ): JSX.Element;
}

/** The plugin's own words in the reader's language. */
export function useT(): Translate {
  const ref: TranslationRef<
    string,
    Record<string, string>
  > = apiProductsTranslationRef;
  return useTranslationRef(ref).t as Translate;
}
