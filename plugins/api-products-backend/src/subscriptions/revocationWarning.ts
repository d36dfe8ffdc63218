/** Why taking a key away may not hold where it is, for those who rely on it to know beforehand. */
import { z } from 'zod';
import type { CredentialRow, ProviderRow } from '../lib/rows';

const findingsSchema = z.array(
  z.object({ name: z.string(), status: z.string(), message: z.string() }),
);

/** Of a credential and the provider it is at; null where there is no row of the provider. */
export type WarningFacts = Pick<
  CredentialRow,
  'status' | 'revocation_warning'
> & {
  provider_revocation: ProviderRow['revocation'] | null;
  provider_findings: string | null;
};

/** What the provider said of this key, or else of all its keys. Nothing for a key that does not work any more. */
export function revocationWarningOf(row: WarningFacts): string | undefined {
  if (row.status !== 'active' && row.status !== 'superseded') {
    return undefined;
  }
  if (row.revocation_warning !== null) {
    return row.revocation_warning;
  }
  if (row.provider_revocation !== 'unsafe') {
    return undefined;
  }
  const { data } = findingsSchema.safeParse(
    JSON.parse(row.provider_findings ?? '[]'),
  );
  return (
    data?.find(({ name, status }) => name === 'revocation' && status !== 'ok')
      ?.message ??
    'A key that is taken away here can go on working while it is in use'
  );
}
