import type { Room } from '../jobs/JobQueue';
import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import type { Sealer } from './seal/sealing';

/** What every change of a credential needs. */
export interface CredentialDeps {
  clock: Clock;
  sealer: Sealer;
  /** Milliseconds after which provisioning that does not succeed is given up. */
  giveUpAfterMs: number;
  /** For the jobs of keys, where whoever asks does them at once. */
  room?: Room;
}

/** Subject of the jobs and history lines of a credential. */
export const credentialSubject = (id: string): string => `credential:${id}`;

/** The states in which a gateway accepts a key. */
export const LIVE_KEYS: CredentialRow['status'][] = ['active', 'superseded'];
