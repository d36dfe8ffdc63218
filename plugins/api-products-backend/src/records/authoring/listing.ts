/** What is listed in a catalogue for the first time, the caller has to be allowed to list there. */
import { InputError, NotAllowedError } from '@backstage/errors';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../../identity/Caller';
import { refused } from '../../lib/errors';
import { readCatalogues, standingIn } from '../listings';

/** @throws InputError naming what is not there for the caller, NotAllowedError naming where others publish */
export async function requireListing(
  tx: Knex.Transaction,
  caller: UserCaller,
  refs: readonly EntityRef[],
  before: readonly EntityRef[] = [],
): Promise<void> {
  const added = refs.filter(ref => !before.includes(ref));
  const catalogues = await readCatalogues(tx, added);
  for (const ref of added) {
    const field = `catalogues[${refs.indexOf(ref)}]`;
    const standing = standingIn(caller, catalogues.get(ref));
    if (standing === 'stranger') {
      throw new InputError(`${field}: there is no ${ref}`);
    }
    if (standing === 'reader') {
      throw refused(
        new NotAllowedError(
          `${field}: only its owner, its publishers and platform owners list in ${ref}`,
        ),
        'not-publisher',
        { field },
      );
    }
  }
}
