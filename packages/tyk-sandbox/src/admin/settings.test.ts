/** Settings of a gateway that make it another one for those who administrate it. */
import { startBench, tokenApi } from '../testing';
import type { Bench } from '../testing';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench({
    seed: {
      apis: [
        tokenApi('echo', { use_standard_auth: false, use_basic_auth: true }),
      ],
    },
  });
});
afterEach(() => bench.sandbox.stop());

const POLICY = { id: 'new', org_id: 'default' };

describe('with policies from a Dashboard', () => {
  it.each([
    ['POST', '/tyk/policies'],
    ['PUT', '/tyk/policies/new'],
  ])('%s %s is refused', async (method, path) => {
    bench.sandbox.setSettings({ policySource: 'service' });
    const { status, body } = await bench.admin(method, path, POLICY);
    expect([status, body]).toEqual([
      500,
      {
        status: 'error',
        message:
          'Due to enabled service policy source, please use the Dashboard API',
      },
    ]);
    expect((await bench.admin('GET', '/tyk/policies/plan')).status).toBe(200);
  });
});

describe('without a path for policies', () => {
  it('they are written and never seen', async () => {
    bench.sandbox.setSettings({ policyPath: false });
    const answer = await bench.admin('POST', '/tyk/policies', POLICY);
    expect(answer.status).toBe(200);
    await bench.admin('GET', '/tyk/reload/?block=true');
    expect((await bench.admin('GET', '/tyk/policies/new')).status).toBe(404);
    expect((await bench.admin('GET', '/tyk/policies/plan')).status).toBe(200);

    bench.sandbox.setSettings({ policyPath: true });
    await bench.admin('GET', '/tyk/reload/?block=true');
    expect((await bench.admin('GET', '/tyk/policies/new')).status).toBe(200);
  });
});

describe('without actions by the name of a user', () => {
  it('users are only found by hash, and refused', async () => {
    const { body } = await bench.admin('POST', '/tyk/keys/jane', {
      org_id: 'default',
      apply_policies: ['product', 'plan'],
      basic_auth_data: { password: 'secret' },
    });
    const login = `Basic ${Buffer.from('jane:secret').toString('base64')}`;
    expect((await bench.call(login)).status).toBe(200);
    bench.sandbox.advance(11_000);

    bench.sandbox.setSettings({ disableKeyActionsByUsername: true });
    const named = '/tyk/keys/jane?username=true&org_id=default';
    expect((await bench.admin('GET', named)).status).toBe(404);
    expect((await bench.admin('DELETE', named)).status).toBe(404);
    expect((await bench.call(login)).status).toBe(401);
    const byHash = `/tyk/keys/${Object(body).key_hash}?hashed=true`;
    expect((await bench.admin('GET', byHash)).status).toBe(200);
    expect((await bench.admin('DELETE', byHash)).status).toBe(200);
  });
});
