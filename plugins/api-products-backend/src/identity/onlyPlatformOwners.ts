import { NotAllowedError } from '@backstage/errors';
import type { Caller } from './Caller';

/**
 * A rule for what is for platform owners only.
 *
 * @param what - goes on after “Only platform owners may”
 */
export const onlyPlatformOwnersMay =
  (what: string) =>
  (caller: Caller): void => {
    if (caller.kind !== 'user' || !caller.platformOwner) {
      throw new NotAllowedError(`Only platform owners may ${what}`);
    }
  };

/** Providers, what is synchronised with them and in what they differ. */
export const onlyPlatformOwners = onlyPlatformOwnersMay('see the providers');
