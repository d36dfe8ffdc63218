/**
 * Names under which the portal leaves its own words in the metadata of keys and policies. What a policy says under one
 * of them would overwrite what each of its keys says.
 * @public
 */
export const RESERVED_CREDENTIAL_METADATA: readonly string[] = [
  'application',
  'application_id',
  'credential_id',
  'owner',
  'portal_offering',
  'portal_policies',
  'subscription_id',
];
