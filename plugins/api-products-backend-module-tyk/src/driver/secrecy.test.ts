/**
 * Case 6: no secret in anything that people, logs or job rows get to see. A marker stands for each secret, and every
 * kind of error is provoked with a gateway that quotes the secret back.
 */
import { inspect } from 'node:util';
import type { Fault } from 'tyk-sandbox';
import {
  CHOSEN_KEY,
  SECRET,
  rejection,
  startBench,
} from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';
import { possibleTokens } from '../model/tokens';

let bench: Bench;

afterEach(() => bench.stop());

const TOKENS = possibleTokens('default', `bsk_${CHOSEN_KEY}`);
const MARKERS = [SECRET, CHOSEN_KEY, ...TOKENS];

function expectNoSecret(text: string) {
  for (const marker of MARKERS) {
    expect(text).not.toContain(marker);
    expect(text).not.toContain(encodeURIComponent(marker));
  }
}

/** All of an error: message, stack, own fields and causes, hidden ones included. */
function wholeError(error: Error) {
  return inspect(error, { depth: 10, showHidden: true });
}

const quoting = MARKERS.join(' and ');

const FAULTS: [string, Fault][] = [
  ['unavailable, by status', { kind: 'status', status: 502, html: quoting }],
  [
    'unavailable, in its words',
    { kind: 'status', status: 503, json: { message: quoting } },
  ],
  ['unavailable, by the connection', { kind: 'reset' }],
  ['unavailable, cut off', { kind: 'half-json' }],
  [
    'unavailable, strange',
    { kind: 'wrong-json', body: { [quoting]: quoting } },
  ],
  [
    'unauthorised',
    { kind: 'status', status: 403, json: { message: `bad key ${quoting}` } },
  ],
  [
    'rejected',
    { kind: 'status', status: 400, json: { message: `no: ${quoting}` } },
  ],
  [
    'refused with 500',
    {
      kind: 'status',
      status: 500,
      json: { message: `Failed to create key ${quoting}` },
    },
  ],
  ['conflict', { kind: 'status', status: 409, json: { message: quoting } }],
  ['unsupported', { kind: 'status', status: 404, html: quoting }],
  ['redirected', { kind: 'status', status: 302, html: quoting }],
];

describe.each(FAULTS)('case 6: %s', (_, fault) => {
  it('tells no secret, neither thrown nor logged', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const { reference } = await bench.provider.putCredential(credential);
    bench.sandbox.faults.add({ ...fault, match: { path: '^/tyk/keys' } });
    const errors = await Promise.allSettled([
      bench.provider.putCredential(credential),
      bench.provider.readCredential(reference),
      bench.provider.updateCredential(reference, credential),
      bench.provider.resetQuota(reference),
      bench.provider.listCredentials(),
      bench.provider.removeCredential({ reference, credentialId: 'c-1' }),
      bench.provider.removeCredential({
        chosenKey: CHOSEN_KEY,
        credentialId: 'c-1',
      }),
      bench.provider.probe(),
    ]);
    const thrown = errors.flatMap(result =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    expect(thrown.length).toBeGreaterThan(0);
    for (const error of thrown) {
      expect(error.name).toMatch(/^Provider\w+Error$/);
      expectNoSecret(wholeError(error));
    }
    for (const result of errors) {
      if (result.status === 'fulfilled') {
        expectNoSecret(JSON.stringify(result.value));
      }
    }
    expectNoSecret(bench.logged());
  });
});

it('case 6: tells no secret when the gateway cannot be reached or does not answer', async () => {
  bench = await startBench({ config: { requestTimeoutMs: 40 } });
  const credential = await bench.offer();
  bench.sandbox.faults.add({ kind: 'hang' });
  expectNoSecret(
    wholeError(await rejection(bench.provider.putCredential(credential))),
  );
  await bench.sandbox.stop();
  const error = await rejection(
    bench.provider.removeCredential({
      chosenKey: CHOSEN_KEY,
      credentialId: 'c-1',
    }),
  );
  expect(error.message).toBe(
    'tyk-eu: remove key failed: the connection was refused',
  );
  expectNoSecret(wholeError(error));
  expectNoSecret(bench.logged());
});

it('case 6: tells no secret when the key is not as it should be', async () => {
  bench = await startBench({ sandbox: { settings: { hashKeys: false } } });
  const error = await rejection(
    bench.provider.putCredential(await bench.offer()),
  );
  expect(error.name).toBe('ProviderUnsupportedError');
  expectNoSecret(wholeError(error));
  expectNoSecret(bench.logged());
});

it('case 6: tells nothing but the secret itself in its answers', async () => {
  bench = await startBench();
  const { secret, ...rest } = await bench.provider.putCredential(
    await bench.offer(),
  );
  expect(TOKENS).toContain(secret);
  expectNoSecret(JSON.stringify(rest));
});
