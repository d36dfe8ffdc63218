import type { Subscription } from 'backstage-plugin-api-products-common';
import {
  freePlan,
  paymentsSubscription,
  pendingRequest,
  shipmentsProduct,
} from '../../fixtures';
import { holdingsOf, isPast, isThere } from './holdings';

const mobile = {
  id: 'application-mobile-app',
  name: 'Mobile app',
  owner: 'group:default/mobile-team',
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
});

describe('isThere', () => {
  it.each([
    [paymentsSubscription.id, true],
    [paymentsSubscription.accessRequest, true],
    [pendingRequest.id, true],
    ['of-others', false],
  ])('what leads to %s: %s', (linked, expected) => {
    expect(
      isThere(
        {
          subscriptions: [paymentsSubscription],
          requests: [pendingRequest],
        },
        linked,
      ),
    ).toBe(expected);
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
