import fc from 'fast-check';
import type {
  AccessRequestStatus,
  CredentialStatus,
  SubscriptionStatus,
} from '../model';
import {
  accessRequestLifecycle,
  canBecome,
  credentialLifecycle,
  isFinal,
  isOpen,
  nextState,
  statusFromCredentials,
  subscriptionLifecycle,
  type AccessRequestEvent,
  type CredentialEvent,
  type Lifecycle,
  type SubscriptionEvent,
} from '.';

/** The diagrams of the product description, as pairs `from→to`. */
const diagrams = {
  accessRequest: [
    'pending→pending',
    'pending→approved',
    'pending→rejected',
    'pending→cancelled',
    'pending→expired',
  ],
  subscription: [
    'provisioning→active',
    'provisioning→failed',
    'provisioning→revoking',
    'provisioning→expired',
    'active→suspended',
    'active→failed',
    'active→revoking',
    'active→expired',
    'suspended→active',
    'suspended→revoking',
    'suspended→expired',
    'failed→provisioning',
    'failed→active',
    'failed→revoking',
    'failed→expired',
    'revoking→revoked',
    'expired→provisioning',
  ],
  credential: [
    'provisioning→active',
    'provisioning→failed',
    'provisioning→revoking',
    'provisioning→expired',
    'active→superseded',
    'active→failed',
    'active→revoking',
    'active→expired',
    'superseded→active',
    'superseded→revoking',
    'superseded→expired',
    'revoking→revoked',
    'revoking→expired',
    'failed→provisioning',
    'failed→revoking',
    'failed→expired',
  ],
};

const accessRequestEvents: AccessRequestEvent[] = [
  'edit',
  'approve',
  'reject',
  'cancel',
  'expire',
];
const subscriptionEvents: SubscriptionEvent[] = [
  'activate',
  'suspend',
  'resume',
  'fail',
  'retry',
  'revoke',
  'confirm',
  'expire',
  'renew',
];
const credentialEvents: CredentialEvent[] = [
  'activate',
  'supersede',
  'keep',
  'revoke',
  'confirm',
  'expire',
  'fail',
  'lose',
  'retry',
];

/** Follows the events that are allowed and ignores the others, as the services do. */
function walk<S extends string, E extends string>(
  lifecycle: Lifecycle<S, E>,
  events: E[],
): S[] {
  const visited = [lifecycle.initial];
  for (const event of events) {
    const next = nextState(lifecycle, visited[visited.length - 1], event);
    if (next !== undefined) visited.push(next);
  }
  return visited;
}

function describeLifecycle<S extends string, E extends string>(
  lifecycle: Lifecycle<S, E>,
  options: { events: E[]; diagram: string[]; final: S[] },
) {
  describe(`the ${lifecycle.noun}`, () => {
    it('takes only steps that the diagram has, whatever happens in whatever order', () => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...options.events), { maxLength: 30 }),
          events => {
            const visited = walk(lifecycle, events);
            for (let i = 1; i < visited.length; i++) {
              expect(options.diagram).toContain(
                `${visited[i - 1]}→${visited[i]}`,
              );
            }
          },
        ),
        { numRuns: 1000 },
      );
    });

    it('never leaves a final state', () => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...options.events), { maxLength: 30 }),
          events => {
            const visited = walk(lifecycle, events);
            const end = visited.findIndex(s => options.final.includes(s));
            expect(end === -1 || end === visited.length - 1).toBe(true);
          },
        ),
        { numRuns: 1000 },
      );
    });

    it('has every step of the diagram, and no other', () => {
      const states: string[] = Object.keys(lifecycle.transitions);
      const steps = Object.entries<{ [event in E]?: S }>(
        lifecycle.transitions,
      ).flatMap(([from, out]) => Object.values(out).map(to => `${from}→${to}`));
      expect(steps.sort()).toEqual([...options.diagram].sort());
      for (const step of steps) {
        expect(states).toContain(step.split('→')[1]);
      }
    });

    it('ends exactly in its final states', () => {
      for (const state of options.final) {
        expect(isFinal(lifecycle, state)).toBe(true);
      }
      expect(isFinal(lifecycle, lifecycle.initial)).toBe(false);
    });
  });
}

describeLifecycle(accessRequestLifecycle, {
  events: accessRequestEvents,
  diagram: diagrams.accessRequest,
  final: ['approved', 'rejected', 'cancelled', 'expired'],
});
describeLifecycle(subscriptionLifecycle, {
  events: subscriptionEvents,
  diagram: diagrams.subscription,
  final: ['revoked'],
});
describeLifecycle(credentialLifecycle, {
  events: credentialEvents,
  diagram: diagrams.credential,
  final: ['revoked', 'expired'],
});

describe('statusFromCredentials', () => {
  it.each<[SubscriptionStatus, CredentialStatus[], SubscriptionStatus]>([
    ['provisioning', ['provisioning'], 'provisioning'],
    ['provisioning', ['active'], 'active'],
    ['provisioning', ['failed'], 'failed'],
    ['failed', ['provisioning'], 'provisioning'],
    ['active', ['active', 'provisioning'], 'active'],
    ['active', ['superseded', 'active'], 'active'],
    ['active', ['active', 'revoked'], 'active'],
    ['active', ['active', 'revoking'], 'active'],
    ['active', ['revoking'], 'revoking'],
    ['active', ['revoking', 'failed'], 'revoking'],
    ['active', ['revoked'], 'revoked'],
    ['active', ['expired'], 'expired'],
    ['active', ['revoked', 'expired'], 'expired'],
    ['suspended', ['active'], 'suspended'],
    ['suspended', ['revoking'], 'revoking'],
    ['revoking', ['active'], 'revoking'],
    ['revoking', ['revoked', 'revoking'], 'revoking'],
    ['revoking', ['revoked', 'expired'], 'revoked'],
    ['revoking', [], 'revoked'],
    ['provisioning', [], 'provisioning'],
    ['revoked', ['active'], 'revoked'],
    ['expired', ['active'], 'expired'],
  ])('%s with %j becomes %s', (current, credentials, expected) => {
    expect(statusFromCredentials(current, credentials)).toBe(expected);
  });

  it.each<
    [SubscriptionStatus, CredentialStatus[], boolean, SubscriptionStatus]
  >([
    ['active', ['active'], true, 'suspended'],
    ['suspended', ['active', 'superseded'], false, 'active'],
    ['suspended', ['failed'], true, 'suspended'],
    ['suspended', ['failed'], false, 'failed'],
    ['suspended', ['revoked', 'expired'], false, 'expired'],
    ['revoking', ['active'], false, 'revoking'],
  ])(
    '%s with %j, of which the gateway is known to refuse all: %p, becomes %s',
    (current, credentials, refused, expected) => {
      expect(statusFromCredentials(current, credentials, refused)).toBe(
        expected,
      );
    },
  );

  const status = fc.constantFrom<CredentialStatus>(
    'provisioning',
    'active',
    'superseded',
    'revoking',
    'revoked',
    'expired',
    'failed',
  );

  it('never says revoked or expired while a key may still work', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<SubscriptionStatus>(
          'provisioning',
          'active',
          'suspended',
          'failed',
          'revoking',
        ),
        fc.array(status, { minLength: 1, maxLength: 5 }),
        (current, credentials) => {
          const after = statusFromCredentials(current, credentials);
          const gone = credentials.every(
            c => c === 'revoked' || c === 'expired',
          );
          expect(isOpen(after)).toBe(!gone);
        },
      ),
    );
  });

  it('takes only steps of the diagram, but for ending with the last key at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(status, { maxLength: 4 }), { maxLength: 20 }),
        changes => {
          let current: SubscriptionStatus = 'provisioning';
          for (const credentials of changes) {
            const next = statusFromCredentials(current, credentials);
            const atOnce =
              next === 'revoked' &&
              canBecome(subscriptionLifecycle, current, 'revoking');
            expect(
              next === current ||
                atOnce ||
                canBecome(subscriptionLifecycle, current, next),
            ).toBe(true);
            current = next;
          }
        },
      ),
    );
  });

  it('leaves final requests alone', () => {
    const final: AccessRequestStatus[] = ['approved', 'rejected', 'cancelled'];
    for (const from of final) {
      for (const event of accessRequestEvents) {
        expect(nextState(accessRequestLifecycle, from, event)).toBeUndefined();
      }
    }
  });
});
