import { migratedDatabase, testDatabases } from '../testing/databases';
import { afterCommit, inTransaction } from './transactions';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('after a commit, %p', databaseId => {
  it('does what is to be done once it is committed, and only then', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const then = jest.fn();
    await inTransaction(knex, async tx => {
      afterCommit(tx, then);
      await tx('jobs').first();
      expect(then).not.toHaveBeenCalled();
    });
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('does nothing where it is rolled back', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const then = jest.fn();
    await expect(
      inTransaction(knex, async tx => {
        afterCommit(tx, then);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(then).not.toHaveBeenCalled();
  });
});
