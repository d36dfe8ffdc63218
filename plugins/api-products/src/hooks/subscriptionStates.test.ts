import type { Subscription } from 'backstage-plugin-api-products-common';
import { paymentsSubscription } from '../fixtures';
import { isUnderWay, suspensionState } from './subscriptionStates';

const suspension = {
  by: 'user:default/omar',
  at: '2026-11-20T10:00:00.000Z',
  reason: 'Too many calls',
};

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

  it.each<[Partial<Subscription>, string | undefined, boolean]>([
    [{}, undefined, false],
    [{ suspension }, 'being-suspended', true],
    [{ status: 'suspended', suspension }, 'suspended', false],
    [{ status: 'suspended' }, 'being-resumed', true],
    [{ status: 'revoked', suspension }, undefined, false],
  ])('knows of %j: %s', (state, word, underWay) => {
    const subscription = { ...paymentsSubscription, ...state };
    expect(suspensionState(subscription)).toBe(word);
    expect(isUnderWay(subscription)).toBe(underWay);
  });
});
