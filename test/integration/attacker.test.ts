/**
 * Rules 2, 4, 5 and 9 of the portal against somebody who is signed in and tries to get more than is theirs. The permission
 * framework allows everything here: the rules do not lean on it.
 */
import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { DemoBackend, messageOf } from './support/demo/DemoBackend';
import type { Person, Who } from './support/demo/people';
import {
  application,
  asking,
  fresh,
  pending,
  revealed,
  subscribed,
} from './support/demo/subjects';

jest.setTimeout(120_000);

describe('an attacker', () => {
  let portal: DemoBackend;

  beforeAll(async () => {
    portal = await DemoBackend.start({ permissions: true });
  });

  afterAll(() => portal.stop());

  const get = (who: Who, path: string) =>
    portal.ask({ who, method: 'GET', path });

  const post = (who: Who, path: string, body: JsonObject = {}) =>
    portal.ask({ who, method: 'POST', path, body });

  describe('pretending to be somebody else (rule 9)', () => {
    it.each(['requester', 'requesterRef', 'createdBy', 'user', 'by', 'actor'])(
      'cannot name %s in a request',
      async field => {
        const body = asking({ [field]: 'user:default/paula' });
        const answer = await post('gus', '/access-requests', body);
        expect(answer.status).toBe(400);
        expect(messageOf(answer)).toContain(field);
      },
    );

    it('cannot approve in the name of another', async () => {
      const id = await pending(portal);
      const path = `/access-requests/${id}/approve`;
      const answer = await post('omar', path, { by: 'user:default/paula' });
      expect(answer.status).toBe(400);
    });

    it.each([
      'x-backstage-user',
      'x-demo-user',
      'x-forwarded-user',
      'backstage-user',
      'x-user-entity-ref',
    ])('is still themselves with the header %s', async header => {
      const answer = await portal.ask({
        who: 'gus',
        method: 'GET',
        path: '/me',
        headers: { [header]: 'user:default/paula' },
      });
      expect(answer.body).toMatchObject({
        user: 'user:default/gus',
        groups: [],
        platformOwner: false,
      });
    });

    it('is the requester and the owner of what they make without saying whose', async () => {
      const made = await post('gus', '/access-requests', asking());
      expect(made.body.requester).toBe('user:default/gus');
      expect(made.body.application).toMatchObject({
        owner: 'user:default/gus',
      });
    });

    it.each([
      'shop-team',
      'group:default/shop-team',
      'GROUP:DEFAULT/SHOP-TEAM',
      'user:default/dana',
      'group:other/shop-team',
      'platform-owners',
    ])('cannot make an application of %s', async owner => {
      for (const answer of [
        await post('gus', '/applications', { name: fresh(), owner }),
        await post(
          'gus',
          '/access-requests',
          asking({ application: { name: fresh(), owner } }),
        ),
      ]) {
        expect(answer.status).toBe(403);
        expect(messageOf(answer)).toContain('owner');
      }
    });

    it('cannot give an application away, nor take one', async () => {
      const id = await application(portal);
      const patch = (who: Person, owner: string) =>
        portal.ask({
          who,
          method: 'PATCH',
          path: `/applications/${id}`,
          body: { revision: 1, owner },
        });
      expect((await patch('dana', 'mobile-team')).status).toBe(403);
      expect((await patch('gus', 'user:default/gus')).status).toBe(404);
      expect((await patch('paula', 'platform-owners')).status).toBe(403);
    });

    it.each<[string, Record<string, string>]>([
      ['no token', {}],
      [
        'an invalid token',
        { authorization: mockCredentials.user.invalidHeader() },
      ],
      ['a made-up token', { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }],
      ['another scheme', { authorization: 'Basic cGF1bGE6cGF1bGE=' }],
      [
        'a cookie',
        { cookie: mockCredentials.limitedUser.cookie('user:default/paula') },
      ],
    ])('gets nothing with %s', async (_, headers) => {
      for (const path of ['/me', '/products', '/providers', '/history']) {
        const ask = { who: 'anonymous', method: 'GET', path, headers } as const;
        expect((await portal.ask(ask)).status).toBe(401);
      }
    });
  });

  describe('getting themselves approved (rule 2)', () => {
    it.each(['omar', 'paula'] as const)(
      'does not decide their own request, even as %s',
      async who => {
        const own = await pending(portal, who, `user:default/${who}`);
        for (const verb of ['approve', 'reject']) {
          const path = `/access-requests/${own}/${verb}`;
          const answer = await post(who, path, { comment: 'mine' });
          expect(answer.status).toBe(403);
          expect(messageOf(answer)).toContain('your own request');
        }
        const { body } = await get(who, `/access-requests/${own}`);
        expect(body).toMatchObject({ status: 'pending', revision: 1 });
        expect(body.actions).toEqual(['edit', 'cancel']);
      },
    );

    it('does not decide it by way of an application of their team', async () => {
      const own = await pending(portal, 'omar', 'payments-team');
      const approve = `/access-requests/${own}/approve`;
      expect((await post('omar', approve)).status).toBe(403);
      // Neither by changing whose it is,
      const { body } = await get('omar', `/access-requests/${own}`);
      const { id } = z.object({ id: z.string() }).parse(body.application);
      await portal.ask({
        who: 'omar',
        method: 'PATCH',
        path: `/applications/${id}`,
        body: { revision: 1, owner: 'user:default/omar' },
      });
      expect((await post('omar', approve)).status).toBe(403);
      // nor by editing it on the way.
      const edited = await portal.ask({
        who: 'omar',
        method: 'PATCH',
        path: `/access-requests/${own}`,
        body: { revision: 1, reason: 'please' },
      });
      expect(edited.status).toBe(200);
      expect((await post('omar', approve)).status).toBe(403);
      expect((await post('olga', approve)).status).toBe(200);
    });

    it('cannot move their request to a plan that the product does not have', async () => {
      const id = await pending(portal);
      const move = (plan: string) =>
        portal.ask({
          who: 'dana',
          method: 'PATCH',
          path: `/access-requests/${id}`,
          body: { revision: 1, plan },
        });
      expect((await move('unlimited')).status).toBe(400);
      expect((await move('nothing')).status).toBe(404);
      const { body } = await get('dana', `/access-requests/${id}`);
      expect(body).toMatchObject({ status: 'pending', revision: 1 });
    });

    it('cannot ask for an application of others, whether it is there or not', async () => {
      const theirs = await application(portal);
      const nobodys = '00000000-0000-4000-8000-000000000000';
      const [first, second] = await Promise.all(
        [theirs, nobodys].map(id =>
          post('mia', '/access-requests', asking({ application: id })),
        ),
      );
      expect([first.status, second.status]).toEqual([404, 404]);
      expect(messageOf(first).replace(theirs, nobodys)).toBe(messageOf(second));
    });

    it('learns nothing of requests by trying to edit or withdraw them', async () => {
      const theirs = await pending(portal);
      const nobodys = '00000000-0000-4000-8000-000000000000';
      for (const [method, route, body] of [
        ['GET', '', undefined],
        ['PATCH', '', { revision: 1 }],
        ['POST', '/cancel', {}],
      ] as const) {
        const path = (id: string) => `/access-requests/${id}${route}`;
        const asked = { who: 'liam', method, body } as const;
        const first = await portal.ask({ ...asked, path: path(theirs) });
        const second = await portal.ask({ ...asked, path: path(nobodys) });
        expect(first.status).toBe(404);
        expect(messageOf(first).replace(theirs, nobodys)).toBe(
          messageOf(second),
        );
      }
    });
  });

  describe('deciding twice (rule 4)', () => {
    it('finds the decision of the other, with their name', async () => {
      const id = await pending(portal);
      const answers = await Promise.all(
        (['omar', 'olga', 'paula'] as const).map(who =>
          post(who, `/access-requests/${id}/approve`, { revision: 1 }),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, 409, 409]);
      const { body } = await get('omar', `/access-requests/${id}`);
      const { by } = z.object({ by: z.string() }).parse(body.decision);
      for (const late of answers.filter(({ status }) => status === 409)) {
        expect(messageOf(late)).toContain(`approved by ${by}`);
      }
    });

    it('does not decide on what they have not seen', async () => {
      const id = await pending(portal);
      await portal.ask({
        who: 'dana',
        method: 'PATCH',
        path: `/access-requests/${id}`,
        body: { revision: 1, plan: 'metered' },
      });
      const path = `/access-requests/${id}/approve`;
      const answer = await post('omar', path, { revision: 1 });
      expect(answer.status).toBe(409);
      expect(messageOf(answer)).toContain('revision 2');
    });
  });

  describe('after a secret (rule 5)', () => {
    const reveal = (who: Who, id: string) =>
      post(who, `/credentials/${id}/reveal`);

    it.each<[Who, number]>([
      ['gus', 404],
      ['mia', 404],
      ['liam', 404],
      ['omar', 403],
      ['paula', 403],
      ['service', 403],
      ['anonymous', 401],
    ])(
      'as %s gets %i, and the key stays for those whose it is',
      async (who, status) => {
        const { credentials } = await subscribed(portal);
        const [{ id }] = credentials;
        const answer = await reveal(who, id);
        expect(answer.status).toBe(status);
        expect((await reveal('devin', id)).status).toBe(200);
      },
    );

    it('cannot have it a second time, nor hide that it was seen', async () => {
      const { id, credentials } = await subscribed(portal);
      const key = credentials[0].id;
      const first = await reveal('devin', key);
      expect(first.headers['cache-control']).toBe('no-store');
      expect(portal.provider.secrets).toContain(first.body.secret);
      for (const who of ['devin', 'dana'] as const) {
        const again = await reveal(who, key);
        expect(again.status).toBe(410);
        expect(again.text).not.toContain(first.body.secret);
        expect(messageOf(again)).toContain('user:default/devin');
      }
      const { body } = await get('dana', `/subscriptions/${id}`);
      expect(JSON.stringify(body)).toContain('"by":"user:default/devin"');
    });

    it('is one of many at once, and one is answered', async () => {
      const { credentials } = await subscribed(portal);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          reveal(i % 2 ? 'dana' : 'devin', credentials[0].id),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
    });

    it('cannot have a key made or replaced with a subscription of others', async () => {
      const { id, credentials } = await subscribed(portal);
      const path = `/subscriptions/${id}/credentials`;
      for (const who of ['omar', 'paula'] as const) {
        expect((await post(who, path)).status).toBe(403);
      }
      expect((await post('mia', path)).status).toBe(404);
      const after = await get('dana', path);
      expect(after.body.items).toHaveLength(credentials.length);
    });

    it('finds no secret in anything that anybody can read', async () => {
      const found = await revealed(portal);
      const paths = [
        '/me',
        '/history?limit=100',
        '/applications',
        '/access-requests?limit=100',
        '/access-requests?as=approver&limit=100',
        '/subscriptions?limit=100',
        '/subscriptions?as=owner&limit=100',
        `/subscriptions/${found.id}`,
        `/subscriptions/${found.id}/credentials`,
        '/providers',
        '/providers/sandbox',
        '/openapi.json',
      ];
      for (const who of ['dana', 'omar', 'paula'] as const) {
        for (const path of paths) {
          const { text } = await get(who, path);
          const leaked = portal.provider.secrets.filter(s => text.includes(s));
          expect({ who, path, leaked }).toEqual({ who, path, leaked: [] });
        }
      }
    });
  });
});
