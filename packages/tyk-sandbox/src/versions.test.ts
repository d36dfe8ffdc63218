import { planPolicy, startBench, tokenApi } from './testing';
import type { Bench } from './testing';
import { behaves, ignoresFlag, isSince, isVersion } from './versions';
import type { Change } from './versions';

describe('a version', () => {
  it.each([
    ['5.8.6', false],
    ['5.8.7', true],
    ['v5.8.15', true],
    ['5.9.2', false],
    ['5.10.0', false],
    ['5.10.1', true],
    ['5.11', true],
    ['6.0.0-rc1', true],
    ['4.3.5', false],
  ])('%s has what came with 5.8.7, 5.10.1 and 5.11.0: %s', (version, has) => {
    expect(isSince(version, ['5.8.7', '5.10.1', '5.11.0'])).toBe(has);
  });

  it('has a number', () => {
    expect(isVersion('v5.14.0')).toBe(true);
    expect(isVersion('latest')).toBe(false);
    expect(() => isSince('latest', ['5.8.0'])).toThrow(
      "'latest' is no version",
    );
  });

  it.each<[string, Change[]]>([
    ['5.8.1', []],
    ['5.8.9', ['policiesAloneSuspend', 'policyNeedsId']],
    [
      '5.11.1',
      ['policiesAloneSuspend', 'policyNeedsId', 'scopesNeedNoDefaultPolicy'],
    ],
    [
      '5.12.1',
      [
        'policiesAloneSuspend',
        'policyNeedsId',
        'policiesByOrganisation',
        'scopesNeedNoDefaultPolicy',
        'zerosAreLeftOut',
      ],
    ],
  ])('%s differs from 5.14.0 as its source does', (version, expected) => {
    const all: Change[] = [
      'policiesAloneSuspend',
      'policyNeedsId',
      'policyIdIsChecked',
      'policiesByOrganisation',
      'customKeyIdIsMeasured',
      'scopesNeedNoDefaultPolicy',
      'zerosAreLeftOut',
      'postExpiry',
    ];
    expect(all.filter(change => behaves(version, change))).toEqual(expected);
    expect(all.every(change => behaves('5.14.0', change))).toBe(true);
  });

  it('can be one of those that heeded no flag at all', () => {
    expect(['5.8.6', '5.8.7', '5.8.10', 'v5.10.2'].map(ignoresFlag)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});

describe('a sandbox of another version', () => {
  let bench: Bench;
  afterEach(() => bench.sandbox.stop());

  const open = async (version: string) => {
    bench = await startBench({ settings: { version } });
  };

  it('must be a version', async () => {
    await open('v5.12');
    expect(() => bench.sandbox.setSettings({ version: 'new' })).toThrow(
      "'new' is no version",
    );
    await expect(startBench({ settings: { version: '' } })).rejects.toThrow(
      'is no version',
    );
  });

  it('names it, unless told to name another', async () => {
    await open('5.8.1');
    const named = async () =>
      Object((await bench.admin('GET', '/hello')).body).version;
    expect(await named()).toBe('v5.8.1');
    bench.sandbox.setSettings({ reportedVersion: 'v4.3.0' });
    expect(await named()).toBe('v4.3.0');
  });

  it.each([
    ['5.8.6', 'with policies', 403],
    ['5.8.6', 'without policies', 403],
    ['5.8.9', 'with policies', 200],
    ['5.8.9', 'without policies', 200],
    ['5.14.0', 'with policies', 200],
    ['5.14.0', 'without policies', 403],
  ])('%s: a flagged key %s is answered %d', async (version, which, status) => {
    await open(version);
    const { body } = await bench.admin('POST', '/tyk/keys/create', {
      org_id: 'default',
      is_inactive: true,
      ...(which === 'with policies'
        ? { apply_policies: ['product', 'plan'] }
        : { access_rights: { echo: { versions: ['Default'] } } }),
    });
    expect((await bench.call(Object(body).key)).status).toBe(status);
  });

  it('applies policies of any organisation before 5.12', async () => {
    await open('5.11.0');
    bench.sandbox.edit.putPolicy(
      planPolicy({
        id: 'whole',
        partitions: {},
        access_rights: { echo: { versions: ['Default'] } },
      }),
    );
    const create = async () =>
      bench.admin('POST', '/tyk/keys/create', {
        org_id: 'other',
        apply_policies: ['whole'],
      });
    expect((await create()).status).toBe(200);
    bench.sandbox.setSettings({ version: '5.12.0' });
    expect((await create()).status).toBe(500);
  });

  it('keeps what it does not know of an API to itself', async () => {
    await open('5.10.0');
    const api = tokenApi('newer', { error_overrides: {}, jwt_jwks_uris: [] });
    await bench.admin('POST', '/tyk/apis', api);
    bench.sandbox.edit.reload();
    const { body } = await bench.admin('GET', '/tyk/apis/newer');
    expect(body).not.toHaveProperty('error_overrides');
    expect(body).toHaveProperty('jwt_jwks_uris');
  });
});
