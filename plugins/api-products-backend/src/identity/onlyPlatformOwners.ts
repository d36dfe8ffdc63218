import { NotAllowedError } from '@backstage/errors';
import type { Caller } from './Caller';

/**
 * Providers, what is synchronised with them and in what they differ are for platform owners.
 *
 * @throws NotAllowedError for everybody else
 */
export function onlyPlatformOwners(caller: Caller): void {
  if (caller.kind !== 'user' || !caller.platformOwner) {
    throw new NotAllowedError('Only platform owners may see the providers');
  }
}
