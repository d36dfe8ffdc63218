/** A field of the form, as the server calls it. */
export type RequestField =
  | 'name'
  | 'owner'
  | 'component'
  | 'application'
  | 'plan'
  | 'acceptedTerms'
  | 'reason';

export const REQUEST_FIELDS: readonly RequestField[] = [
  'name',
  'owner',
  'component',
  'application',
  'plan',
  'acceptedTerms',
  'reason',
];
