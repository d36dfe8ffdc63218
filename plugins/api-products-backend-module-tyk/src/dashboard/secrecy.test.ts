/**
 * Case 6 at a Dashboard: no secret in anything that people, logs or job rows get to see, even where the Dashboard
 * quotes it back.
 */
import { inspect } from 'node:util';
import type { Fault } from 'tyk-sandbox';
import { CHOSEN_KEY } from '../__testUtils__/bench';
import {
  DASHBOARD_KEY,
  startDashboardBench as startBench,
} from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';
import { possibleTokens } from '../model/tokens';

let bench: DashboardBench;

afterEach(() => bench.stop());

const MARKERS = [
  DASHBOARD_KEY,
  CHOSEN_KEY,
  ...possibleTokens('default', `bsk_${CHOSEN_KEY}`),
];

function expectNoSecret(text: string) {
  for (const marker of MARKERS) {
    expect(text).not.toContain(marker);
    expect(text).not.toContain(encodeURIComponent(marker));
  }
}

const quoting = MARKERS.join(' and ');
const envelope = { Status: 'Error', Message: quoting, Meta: null };

const FAULTS: [string, Fault][] = [
  ['unauthorised', { kind: 'status', status: 401, json: envelope }],
  [
    'denied',
    {
      kind: 'status',
      status: 403,
      json: {
        ...envelope,
        Message: `access denied: You do not have permission to access  /api/keys/${quoting}`,
      },
    },
  ],
  [
    'malformed',
    {
      kind: 'status',
      status: 403,
      json: { ...envelope, Message: `Request body malformed. ${quoting}` },
    },
  ],
  ['rejected', { kind: 'status', status: 400, json: envelope }],
  [
    'refused with 500',
    {
      kind: 'status',
      status: 500,
      json: { ...envelope, Message: `Failed to create key ${quoting}` },
    },
  ],
  ['not found', { kind: 'status', status: 404, json: envelope }],
  ['elsewhere', { kind: 'status', status: 404, html: quoting }],
  ['conflict', { kind: 'status', status: 409, json: envelope }],
  ['unavailable', { kind: 'status', status: 502, html: quoting }],
  ['strange', { kind: 'wrong-json', body: { [quoting]: quoting } }],
  ['cut off', { kind: 'half-json' }],
  ['reset', { kind: 'reset' }],
];

describe.each(FAULTS)('case 6: %s', (_, fault) => {
  it('tells no secret, neither thrown nor logged', async () => {
    bench = await startBench({ timing: { visibleWithinMs: 40 } });
    const credential = await bench.offer();
    const { reference } = await bench.provider.putCredential(credential);
    bench.sandbox.faults.add({
      ...fault,
      match: { plane: 'dashboard', path: '/keys' },
    });
    const { chosenKey, ...update } = credential;
    const outcomes = await Promise.allSettled([
      bench.provider.putCredential(credential),
      bench.provider.readCredential(reference),
      bench.provider.updateCredential(reference, update),
      bench.provider.listCredentials(),
      bench.provider.removeCredential({ reference, credentialId: 'c-1' }),
      bench.provider.removeCredential({ chosenKey, credentialId: 'c-1' }),
      bench.provider.probe(),
    ]);
    const thrown = outcomes.flatMap(outcome =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(thrown.length).toBeGreaterThan(0);
    for (const error of thrown) {
      expect(error.name).toMatch(/^Provider\w+Error$/);
      expectNoSecret(inspect(error, { depth: 10, showHidden: true }));
    }
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') {
        expectNoSecret(JSON.stringify(outcome.value ?? null));
      }
    }
    expectNoSecret(bench.logged());
  });
});
