/** Entities that the catalog still has: what of them may go, and who decides about the rest. */
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { startApiProducts } from '../testing/backend';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { people } from '../testing/people';
import { plan, product, writeRecords } from '../testing/records';

jest.setTimeout(60_000);

describe.each(testDatabases().eachSupportedId())(
  'entities without a record on %p',
  id => {
    const databases = testDatabases();
    let knex: Knex;
    let backend: TestBackend;

    beforeAll(async () => {
      knex = await migratedDatabase(databases, id);
      await writeRecords(knex, {
        products: [product('deleted'), product('hidden'), product('shown')],
        plans: [plan('deleted')],
      });
      const at = '2026-11-21T12:00:00.000Z';
      await knex('products').update({ origin: 'portal' });
      await knex('plans').update({
        origin: 'portal',
        deleted_at: at,
        hidden_at: at,
      });
      await knex('products')
        .where({ name: 'deleted' })
        .update({ deleted_at: at, hidden_at: at });
      await knex('products')
        .where({ name: 'hidden' })
        .update({ hidden_at: at, hidden_by: 'provider' });
      backend = await startApiProducts({ knex });
    });

    beforeEach(async () => {
      await knex('catalog_removals').delete();
    });

    afterAll(async () => {
      await backend.stop();
      await knex.destroy();
    });

    const report = (...refs: string[]) =>
      request(backend.server)
        .post('/api/api-products/catalog-removals')
        .set('Authorization', mockCredentials.service.header())
        .send({ refs });
    const as = (who: string) => ({
      list: () =>
        request(backend.server)
          .get('/api/api-products/catalog-removals')
          .set('Authorization', mockCredentials.user.header(who)),
      confirm: (...refs: string[]) =>
        request(backend.server)
          .post('/api/api-products/catalog-removals/confirm')
          .set('Authorization', mockCredentials.user.header(who))
          .send({ refs }),
    });

    it('may go where their record was deleted or hidden here', async () => {
      const answer = await report(
        'apiproduct:default/deleted',
        'apiproduct:default/hidden',
        'apiproduct:default/shown',
        'apiplan:default/deleted',
        'apiplan:default/unknown',
      );
      expect(answer.body).toEqual({
        refs: [
          'apiplan:default/deleted',
          'apiproduct:default/deleted',
          'apiproduct:default/hidden',
        ],
      });
    });

    it('stay where nothing is known of a deletion, until a platform owner confirms it', async () => {
      const unknown = ['apiplan:default/u', 'apiproduct:default/u'];
      expect((await report(...unknown)).body).toEqual({ refs: [] });
      const shown = await as(people.paula.ref).list();
      expect(shown.body.items).toEqual(
        unknown.map(ref => ({ ref, heldBackAt: expect.any(String) })),
      );
      const confirmed = await as(people.paula.ref).confirm(
        unknown[0],
        'apiplan:default/never-reported',
      );
      expect(confirmed.body).toEqual({ refs: [unknown[0]] });
      expect((await as(people.paula.ref).list()).body.items).toHaveLength(1);
      expect((await report(...unknown)).body).toEqual({ refs: [unknown[0]] });
      // The catalog has let it go: what is reported under its name later is another matter.
      await report(unknown[1]);
      expect((await report(...unknown)).body).toEqual({ refs: [] });
    });

    it('tells the catalog what it should have, and which of it has changed', async () => {
      const ask = (known?: string) =>
        request(backend.server)
          .get('/api/api-products/catalog-records')
          .query(known === undefined ? {} : { known })
          .set('Authorization', mockCredentials.service.header());
      await writeRecords(knex, { products: [product('from-git')] });
      const first = await ask();
      expect(first.body.records).toEqual([
        { ref: 'apiproduct:default/shown', version: expect.any(String) },
      ]);
      const { fingerprint } = first.body;
      expect((await ask(fingerprint)).body).toEqual({ fingerprint });
      let statements = 0;
      knex.on('query', () => {
        statements++;
      });
      // As a job does it, without a new revision.
      await knex('products').update({ policy_id: knex.ref('id') });
      const next = await ask(fingerprint);
      expect(statements).toBeLessThanOrEqual(4);
      expect(next.body.records).toHaveLength(1);
      expect(next.body.records[0].version).not.toBe(
        first.body.records[0].version,
      );
      const person = await request(backend.server)
        .get('/api/api-products/catalog-records')
        .set('Authorization', mockCredentials.user.header(people.paula.ref));
      expect(person.status).toBe(403);
    });

    it('are for platform owners to see and to confirm, and for the catalog to report', async () => {
      expect((await as(people.omar.ref).list()).status).toBe(403);
      expect((await as(people.omar.ref).confirm('a')).status).toBe(403);
      const person = await request(backend.server)
        .post('/api/api-products/catalog-removals')
        .set('Authorization', mockCredentials.user.header(people.paula.ref))
        .send({ refs: [] });
      expect(person.status).toBe(403);
    });
  },
);
