import type { components, operations } from './openapi.generated';

/** What the REST API takes and answers, by name. @internal */
export type Schemas = components['schemas'];

/** What can be asked of a list. @internal */
export type QueryOf<TOperation extends keyof operations> =
  operations[TOperation] extends { parameters: { query?: infer TQuery } }
    ? NonNullable<TQuery>
    : never;
