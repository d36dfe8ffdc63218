/** A field of the form, as the server calls it. @internal */
export type RequestField =
  | 'name'
  | 'owner'
  | 'component'
  | 'application'
  | 'plan'
  | 'acceptedTerms'
  | 'reason';

/** @internal */
export const REQUEST_FIELDS: readonly RequestField[] = [
  'name',
  'owner',
  'component',
  'application',
  'plan',
  'acceptedTerms',
  'reason',
];
