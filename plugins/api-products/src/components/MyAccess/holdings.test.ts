import type {
  AccessRequest,
  Subscription,
} from 'backstage-plugin-api-products-common';
import {
  freePlan,
  paymentsSubscription,
  pendingRequest,
  shipmentsProduct,
} from '../../fixtures';
import { holdingsOf, isPast, isUnderWay } from './holdings';

const mobile = {
  id: 'application-mobile-app',
  name: 'Mobile app',
  owner: 'group:default/mobile-team',
};
const rejected: AccessRequest = {
  ...pendingRequest,
  id: 'request-rejected',
  status: 'rejected',
  createdAt: '2026-11-01T00:00:00.000Z',
  actions: [],
};
const shipments: Subscription = {
  ...paymentsSubscription,
  id: 'subscription-shipments',
  products: [shipmentsProduct],
  plan: freePlan,
};

describe('holdingsOf', () => {
  it('arranges by application name, what lives before what has ended', () => {
    const holdings = holdingsOf({
      subscriptions: [
        { ...paymentsSubscription, status: 'revoked' },
        shipments,
        { ...shipments, id: 'other', application: mobile },
      ],
      requests: [],
    });
    expect(
      holdings.map(({ application, subscriptions }) => [
        application.name,
        subscriptions.map(({ products }) => products[0].title),
      ]),
    ).toEqual([
      ['Mobile app', ['Shipments API']],
      ['Shop backend', ['Shipments API', 'Payments API']],
    ]);
  });

  it('shows an application that only waits', () => {
    expect(
      holdingsOf({ subscriptions: [], requests: [pendingRequest] }),
    ).toEqual([
      {
        application: pendingRequest.application,
        subscriptions: [],
        requests: [pendingRequest],
      },
    ]);
  });

  it.each<[string, Subscription[], AccessRequest[], number]>([
    ['nothing came after it', [], [rejected], 1],
    ['it was given after all', [paymentsSubscription], [rejected], 0],
    [
      'what was given has ended',
      [{ ...paymentsSubscription, status: 'revoked' }],
      [rejected],
      1,
    ],
    ['another product was given', [shipments], [rejected], 1],
  ])(
    'treats a refusal as news when %s',
    (_, subscriptions, requests, shown) => {
      const [holding] = holdingsOf({ subscriptions, requests });
      expect(holding.requests).toHaveLength(shown);
    },
  );

  it('shows a refusal no more once it was asked for again', () => {
    const [holding] = holdingsOf({
      subscriptions: [],
      requests: [rejected, pendingRequest],
    });
    expect(holding.requests).toEqual([pendingRequest]);
  });

  it('shows a withdrawn request only to those whom a link leads there', () => {
    const withdrawn: AccessRequest = { ...rejected, status: 'cancelled' };
    const access = { subscriptions: [], requests: [withdrawn] };
    expect(holdingsOf(access)).toEqual([]);
    expect(holdingsOf(access, withdrawn.id)).toHaveLength(1);
  });
});

describe('isPast', () => {
  const now = Date.parse('2026-11-21T12:00:00.000Z');
  it.each([
    ['revoked', '2026-11-21T11:00:00.000Z', false],
    ['revoked', '2026-11-19T11:00:00.000Z', true],
    ['expired', '2026-11-19T11:00:00.000Z', true],
    ['active', '2026-01-01T11:00:00.000Z', false],
  ] as const)('%s since %s: %s', (status, updatedAt, past) => {
    expect(isPast({ status, updatedAt }, now)).toBe(past);
  });
});

describe('isUnderWay', () => {
  it('looks at the keys, too', () => {
    expect(isUnderWay(paymentsSubscription)).toBe(false);
    expect(
      isUnderWay({
        ...paymentsSubscription,
        credentials: [
          { ...paymentsSubscription.credentials[0], status: 'revoking' },
        ],
      }),
    ).toBe(true);
  });
});
