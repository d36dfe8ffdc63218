/**
 * Somebody who is signed in and listens: what is not their business is in no answer, list, count or history they get, and what
 * they try is on record.
 */
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { DemoBackend, type Answer } from './support/demo/DemoBackend';
import type { Who } from './support/demo/people';
import { asking, fresh, pending, subscribed } from './support/demo/subjects';

jest.setTimeout(120_000);

const items = z.object({ items: z.array(z.json()) });
const textOf = ({ body }: Answer) => JSON.stringify(items.parse(body).items);

describe('an eavesdropper', () => {
  let portal: DemoBackend;

  beforeAll(async () => {
    portal = await DemoBackend.start({ permissions: true });
  });

  afterAll(() => portal.stop());

  const get = (who: Who, path: string) =>
    portal.ask({ who, method: 'GET', path });

  const post = (
    who: Who,
    path: string,
    body: JsonObject = {},
    headers: Record<string, string> = {},
  ) => portal.ask({ who, method: 'POST', path, body, headers });

  describe('in answers, lists and history', () => {
    it('does not get the answer to the Idempotency-Key of somebody else', async () => {
      const headers = { 'Idempotency-Key': fresh('key') };
      const body = asking({ reason: 'of dana' });
      const first = await post('dana', '/access-requests', body, headers);
      const other = await post('gus', '/access-requests', body, headers);
      expect([first.status, other.status]).toEqual([201, 201]);
      expect(other.body.id).not.toBe(first.body.id);
      expect(other.body.requester).toBe('user:default/gus');
      const again = await post('dana', '/access-requests', body, headers);
      expect(again.body.id).toBe(first.body.id);
      const changed = await post('dana', '/access-requests', asking(), headers);
      expect(changed.status).toBe(409);
    });

    it.each(['gus', 'mia', 'liam'] as const)(
      'finds nothing of others in the lists and the history, as %s',
      async who => {
        const { id, application: app, credentials } = await subscribed(portal);
        const request = await pending(portal);
        const secretive = [id, app.id, request, credentials[0].id];
        const subjects = [
          `subscription:${id}`,
          `application:${app.id}`,
          `access-request:${request}`,
          `credential:${credentials[0].id}`,
        ];
        for (const path of [
          '/history?limit=100',
          '/history?actor=dana&limit=100',
          ...subjects.map(subject => `/history?subject=${subject}`),
          '/applications?limit=100',
          `/applications?owner=shop-team`,
          '/access-requests?limit=100',
          '/access-requests?as=approver&limit=100',
          '/access-requests?requester=dana',
          `/access-requests?application=${app.id}`,
          `/access-requests?as=approver&application=${app.id}`,
          '/subscriptions?limit=100',
          '/subscriptions?as=owner&limit=100',
          `/subscriptions?application=${app.id}`,
          `/subscriptions?as=owner&application=${app.id}`,
        ]) {
          const answer = await get(who, path);
          expect(answer.status).toBe(200);
          const leaked = secretive.filter(one => textOf(answer).includes(one));
          expect({ path, leaked }).toEqual({ path, leaked: [] });
        }
      },
    );

    it('reads in the history what concerns them, and not by whom it is filtered', async () => {
      const { id } = await subscribed(portal);
      for (const who of ['dana', 'devin', 'omar', 'paula'] as const) {
        const answer = await get(who, `/history?subject=subscription:${id}`);
        expect(textOf(answer)).toContain(id);
      }
    });

    it('is told by /me of themselves only', async () => {
      await pending(portal);
      const { body } = await get('gus', '/me');
      expect(body).toMatchObject({
        user: 'user:default/gus',
        ownedProducts: [],
        counts: { pendingForMe: 0 },
      });
    });

    it('sees no trace of catalogues and products that are not for them', async () => {
      const hidden = /tracking|partners|pilot|wholesale/i;
      for (const path of [
        '/products?limit=100',
        '/plans?limit=100',
        '/catalogues?limit=100',
        '/products/default/payments',
        '/plans/default/gold',
        '/catalogues/default/internal',
        '/products?catalogue=partners',
        '/products?lifecycle=draft',
        '/products?q=tracking',
      ]) {
        const { text } = await get('gus', path);
        expect({ path, found: text.match(hidden)?.[0] }).toEqual({ path });
      }
    });
  });

  it('leaves a trace in the audit, also of what they were refused', async () => {
    const { id, credentials } = await subscribed(portal);
    const request = await pending(portal);
    const { createEvent } = portal.auditor;
    createEvent.mockClear();
    await post('gus', `/access-requests/${request}/approve`);
    await post('omar', `/credentials/${credentials[0].id}/reveal`);
    await post('dana', `/credentials/${credentials[0].id}/reveal`);
    await post('omar', `/subscriptions/${id}/revoke`, { reason: 'abuse' });
    expect(createEvent.mock.calls.map(([event]) => event.eventId)).toEqual([
      'access-request-approve',
      'credential-reveal',
      'credential-reveal',
      'subscription-revoke',
    ]);
    const outcomes = await Promise.all(
      createEvent.mock.results.map(({ value }) => value),
    );
    const ended = outcomes.map(({ success, fail }) => [
      success.mock.calls.length,
      fail.mock.calls.length,
    ]);
    expect(ended).toEqual([
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
    const written = JSON.stringify(
      [
        ...createEvent.mock.calls,
        ...outcomes.flatMap(o => o.success.mock.calls),
      ],
      (key, value) => (key === 'request' ? undefined : value),
    );
    expect(portal.provider.secrets.filter(s => written.includes(s))).toEqual(
      [],
    );
  });
});
