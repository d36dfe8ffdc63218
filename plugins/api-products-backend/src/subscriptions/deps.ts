import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import type { Sealer } from './seal/sealing';

/** What every change of a credential needs. */
export interface CredentialDeps {
  clock: Clock;
  sealer: Sealer;
  /** Milliseconds after which provisioning that does not succeed is given up. */
  giveUpAfterMs: number;
}

/** Subject of the jobs and history lines of a credential. */
export const credentialSubject = (id: string): string => `credential:${id}`;

/** The states in which a gateway accepts a key. */
export const LIVE_KEYS: CredentialRow['status'][] = ['active', 'superseded'];
