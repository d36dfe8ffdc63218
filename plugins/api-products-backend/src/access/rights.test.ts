import type {
  AccessRequestAction,
  AccessRequestStatus,
} from 'backstage-plugin-api-products-common';
import fc from 'fast-check';
import type { UserCaller } from '../identity/Caller';
import { people } from '../testing/people';
import { cannotDecide, requestActions, type RequestFacts } from './rights';
import { subscriptionActions } from '../subscriptions/rights';

const strict = { allowSelfApproval: false };
const lax = { allowSelfApproval: true };

const facts: RequestFacts = {
  status: 'pending',
  requester: 'user:default/dana',
  applicationOwner: 'group:default/shop-team',
  approvers: ['group:default/payments-team', 'user:default/liam'],
};

describe('who may what with a pending request', () => {
  it.each<[keyof typeof people, AccessRequestAction[]]>([
    ['dana', ['edit', 'cancel']],
    ['devin', ['cancel']],
    ['omar', ['approve', 'reject']],
    ['liam', ['approve', 'reject']],
    ['paula', ['approve', 'reject']],
    ['mia', []],
    ['gus', []],
  ])('%s: %j', (name, actions) => {
    expect(requestActions(people[name], facts, strict)).toEqual(actions);
  });

  it.each<AccessRequestStatus>([
    'approved',
    'rejected',
    'cancelled',
    'expired',
  ])('nothing once it is %s', status => {
    for (const caller of Object.values(people)) {
      expect(requestActions(caller, { ...facts, status }, lax)).toEqual([]);
    }
  });
});

describe('deciding', () => {
  const ref = fc.constantFrom(
    'user:default/a',
    'user:default/b',
    'group:default/g',
    'group:default/h',
  );
  const caller: fc.Arbitrary<UserCaller> = fc
    .record({
      ref: fc.constantFrom('user:default/a', 'user:default/b'),
      groups: fc.subarray(['group:default/g', 'group:default/h']),
      platformOwner: fc.boolean(),
    })
    .map(({ ref: own, groups, platformOwner }) => ({
      kind: 'user',
      ref: own,
      ownership: [own, ...groups],
      platformOwner,
      planAuthor: platformOwner,
    }));
  const matter: fc.Arbitrary<RequestFacts> = fc.record({
    status: fc.constant('pending'),
    requester: fc.constantFrom('user:default/a', 'user:default/b'),
    applicationOwner: ref,
    approvers: fc.uniqueArray(ref, { minLength: 1 }),
  });

  it('is for approvers and platform owners, and never for the requester', () => {
    fc.assert(
      fc.property(caller, matter, (who, what) => {
        const may = cannotDecide(who, what, strict) === undefined;
        const approver =
          who.platformOwner ||
          what.approvers.some(one => who.ownership.includes(one));
        expect(may).toBe(approver && what.requester !== who.ref);
        expect(cannotDecide(who, what, lax) === undefined).toBe(approver);
      }),
    );
  });

  it('says who may, whoever may not', () => {
    fc.assert(
      fc.property(caller, matter, (who, what) => {
        const reason = cannotDecide(who, what, strict);
        const named = what.approvers.every(one => reason?.includes(one));
        expect(reason === undefined || named).toBe(true);
      }),
    );
  });
});

describe('who may what with a subscription', () => {
  const subscription = {
    status: 'active' as const,
    suspended: false,
    isMoving: false,
    renewable: false,
    requester: 'user:default/dana',
    applicationOwner: 'group:default/shop-team',
    approvers: ['group:default/payments-team'],
  };

  it.each([
    ['dana', ['revoke', 'issue-credential', 'change-plan']],
    ['devin', ['revoke', 'issue-credential', 'change-plan']],
    ['omar', ['revoke', 'suspend']],
    ['paula', ['revoke', 'suspend']],
    ['liam', []],
  ] as const)('%s: %j', (name, actions) => {
    expect(subscriptionActions(people[name], subscription)).toEqual(actions);
  });

  it.each([
    ['dana', 'active', ['revoke']],
    ['omar', 'active', ['revoke', 'resume']],
    ['omar', 'suspended', ['revoke', 'resume']],
    ['paula', 'suspended', ['revoke', 'resume']],
    ['omar', 'revoking', []],
  ] as const)(
    'once it is to be suspended, %s, %s: %j',
    (name, status, actions) => {
      expect(
        subscriptionActions(people[name], {
          ...subscription,
          status,
          suspended: true,
        }),
      ).toEqual(actions);
    },
  );

  it('lets the consumer’s side take back where it moves to', () => {
    expect(
      subscriptionActions(people.devin, { ...subscription, isMoving: true }),
    ).toEqual(['revoke', 'issue-credential', 'withdraw-plan-change']);
  });

  it.each([
    ['provisioning', ['revoke']],
    ['suspended', ['revoke']],
    ['failed', ['revoke', 'retry']],
    ['revoking', []],
    ['revoked', []],
    ['expired', []],
  ] as const)('while it is %s: %j', (status, actions) => {
    expect(
      subscriptionActions(people.dana, { ...subscription, status }),
    ).toEqual(actions);
  });
});
