import type { RecordName } from 'backstage-plugin-api-products-common';

/** What names a record in its address, and nothing else of it. */
export const recordName = ({ namespace, name }: RecordName): RecordName => ({
  namespace,
  name,
});
