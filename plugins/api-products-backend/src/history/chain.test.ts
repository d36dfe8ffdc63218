/** That the history cannot be changed without being found out, as far as a chain of hashes can tell. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { inTransaction } from '../lib/transactions';

import { as } from '../testing/access';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';

import { recordHistory } from './history';
import { hashOf } from './chain';
import { HistorySealing } from './HistorySealing';
import { HistoryVerification } from './HistoryVerification';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'the history as a chain on %s',
  id => {
    const clock = testClock();
    let db: Knex;
    let auditor: ReturnType<typeof mockServices.auditor.mock>;

    beforeEach(async () => {
      db = await migratedDatabase(databases, id);
      auditor = mockServices.auditor.mock();
      auditor.createEvent.mockResolvedValue({
        success: async () => {},
        fail: async () => {},
      });
    });

    const sealing = () =>
      HistorySealing.create({
        db,
        clock,
        logger: mockServices.logger.mock(),
        auditor,
      });
    const verify = (noted?: { position: number; hash: string }) =>
      HistoryVerification.create({ db }).verify(as('paula'), { noted });

    /** Lines called 1, 2, 3 … */
    const write = (from: number, to: number) =>
      inTransaction(db, async tx => {
        for (let n = from; n <= to; n += 1) {
          await recordHistory(tx, clock, {
            subject: `thing:${n}`,
            event: 'thing.happened',
            message: `“${n}” happened`,
            reason: n % 2 ? 'because' : undefined,
            changes: [{ field: 'title', before: 'a', after: 'ä' }],
          });
        }
      });

    const sealed = async (lines: number) => {
      await write(1, lines);
      await sealing().sealAll();
    };
    const line = (position: number) =>
      db('history').where({ chain_position: position });

    /** As somebody does it who knows how lines are hashed. */
    async function rehash(from: number): Promise<void> {
      const rows = await db('history')
        .where('chain_position', '>=', from)
        .orderBy('chain_position');
      let previous: string =
        (await line(from - 1).first())?.hash ?? '0'.repeat(64);
      for (const row of rows) {
        const position = Number(row.chain_position);
        const hash = hashOf(row, position, previous);
        await line(position).update({ previous_hash: previous, hash });
        previous = hash;
      }
      await db('history_chain').update({
        chain_position: rows[rows.length - 1].chain_position,
        hash: previous,
      });
    }

    it('is empty and whole at first', async () => {
      await sealing().sealAll();
      expect(await verify()).toEqual({
        whole: true,
        lines: 0,
        unsealed: 0,
        late: 0,
      });
      expect(auditor.createEvent).not.toHaveBeenCalled();
    });

    it('is sealed line by line, and says in the audit log how far and with which hash', async () => {
      await write(1, 3);
      expect(await verify()).toMatchObject({
        whole: true,
        lines: 0,
        unsealed: 3,
      });
      await sealing().sealAll();
      await write(4, 5);
      await sealing().sealAll();
      const rows = await db('history').orderBy('chain_position');
      expect(rows.map(row => row.subject)).toEqual(
        [1, 2, 3, 4, 5].map(n => `thing:${n}`),
      );
      expect(rows.map(row => Number(row.chain_position))).toEqual([
        1, 2, 3, 4, 5,
      ]);
      expect(rows.slice(1).map(row => row.previous_hash)).toEqual(
        rows.slice(0, -1).map(row => row.hash),
      );
      expect(await verify()).toEqual({
        whole: true,
        lines: 5,
        hash: rows[4].hash,
        unsealed: 0,
        late: 0,
      });
      expect(auditor.createEvent).toHaveBeenLastCalledWith({
        eventId: 'history-seal',
        severityLevel: 'medium',
        meta: { position: 5, hash: rows[4].hash },
      });
    });

    it('takes a line that was begun earlier and committed later', async () => {
      await write(1, 3);
      const held = await db('history').where({ subject: 'thing:2' }).first();
      await db('history').where({ id: held.id }).delete();
      await sealing().sealAll();
      await db('history').insert(held);
      await sealing().sealAll();
      expect(Number((await line(3).first()).sequence)).toBe(
        Number(held.sequence),
      );
      expect(await verify()).toMatchObject({ whole: true, lines: 3 });
    });

    it('is one chain whoever seals at the same time', async () => {
      for (let round = 0; round < 4; round += 1) {
        await write(round * 700 + 1, round * 700 + 700);
        await Promise.all([1, 2, 3, 4].map(() => sealing().sealAll()));
      }
      expect(await verify()).toMatchObject({
        whole: true,
        lines: 2_800,
        unsealed: 0,
      });
    });

    it.each([
      ['message', 'nothing happened'],
      ['reason', null],
      ['changes', '[]'],
      ['actor', 'user:default/somebody'],
      ['at', '2020-01-01T00:00:00.000Z'],
      ['product_id', 'p1'],
    ])('finds a line whose %s was changed', async (column, value) => {
      await sealed(5);
      await line(3).update({ [column]: value });
      expect(await verify()).toMatchObject({
        whole: false,
        lines: 2,
        problem: { kind: 'changed', position: 3, subject: 'thing:3' },
      });
    });

    it('finds a line that was changed and hashed anew, but not those that follow', async () => {
      await sealed(5);
      const row = await line(3).first();
      const changed = { ...row, message: 'nothing happened' };
      await line(3).update({
        message: changed.message,
        hash: hashOf(changed, 3, row.previous_hash),
      });
      expect(await verify()).toMatchObject({
        whole: false,
        problem: { kind: 'unlinked', position: 4 },
      });
    });

    it.each([1, 3])('finds that line %i was taken out', async position => {
      await sealed(5);
      await line(position).delete();
      expect(await verify()).toMatchObject({
        whole: false,
        lines: position - 1,
        problem: { kind: 'removed', position },
      });
    });

    it('finds two lines that have changed places', async () => {
      await sealed(5);
      await line(2).update({ chain_position: 99 });
      await line(3).update({ chain_position: 2 });
      await line(99).update({ chain_position: 3 });
      expect(await verify()).toMatchObject({
        whole: false,
        problem: { kind: 'changed', position: 2 },
      });
    });

    it('finds that the end was cut off', async () => {
      await sealed(5);
      await db('history').where('chain_position', '>', 3).delete();
      expect(await verify()).toMatchObject({
        whole: false,
        lines: 3,
        problem: { kind: 'removed', position: 4 },
      });
    });

    it('finds an end that was cut off together with the note of it only by what was noted elsewhere', async () => {
      await sealed(5);
      const noted = { position: 5, hash: (await line(5).first()).hash };
      await db('history').where('chain_position', '>', 3).delete();
      await rehash(1);
      expect(await verify()).toMatchObject({ whole: true, lines: 3 });
      expect(await verify(noted)).toMatchObject({
        whole: false,
        problem: { kind: 'removed', position: 4 },
      });
    });

    it('finds a chain that was hashed anew only by what was noted elsewhere', async () => {
      await sealed(5);
      const noted = { position: 4, hash: (await line(4).first()).hash };
      expect(await verify(noted)).toMatchObject({ whole: true });
      await line(2).update({ message: 'nothing happened' });
      await rehash(2);
      expect(await verify()).toMatchObject({ whole: true, lines: 5 });
      expect(await verify(noted)).toMatchObject({
        whole: false,
        problem: { kind: 'rewritten', position: 4 },
      });
    });

    it('finds a line that was put behind the end', async () => {
      await sealed(3);
      await write(4, 4);
      const row = await db('history').whereNull('chain_position').first();
      const { hash } = await line(3).first();
      await db('history')
        .where({ id: row.id })
        .update({
          chain_position: 4,
          previous_hash: hash,
          hash: hashOf(row, 4, hash),
        });
      expect(await verify()).toMatchObject({
        whole: false,
        lines: 3,
        problem: { kind: 'inserted', position: 4 },
      });
    });

    it('has a line that was put in where it came, and says that it is late', async () => {
      await sealed(3);
      await write(4, 4);
      await db('history')
        .whereNull('chain_position')
        .update({ at: '2020-01-01T00:00:00.000Z' });
      await sealing().sealAll();
      expect(await verify()).toMatchObject({
        whole: true,
        lines: 4,
        late: 1,
        firstLate: 4,
      });
    });

    it('is read a thousand lines at a time', async () => {
      for (let n = 0; n < 25; n += 1) {
        await write(n * 500 + 1, n * 500 + 500);
      }
      const statements: string[] = [];
      const listen = ({ sql }: { sql: string }) => statements.push(sql);
      db.on('query', listen);
      await sealing().sealAll();
      expect(statements.length).toBeLessThanOrEqual(25 * 6 + 2);
      statements.length = 0;
      expect(await verify()).toMatchObject({ whole: true, lines: 12_500 });
      expect(statements).toHaveLength(13 + 3);
      db.removeListener('query', listen);
    });
  },
);
