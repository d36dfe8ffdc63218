import { ConfigReader } from '@backstage/config';
import { readTykProviders } from './config';

const ENTRY = {
  type: 'tyk-gateway',
  url: 'https://tyk.example.com:8080/',
  token: 'marker-token',
  organisation: 'default',
  gatewayUrl: 'https://api.example.com',
};

let warnings: string[];

beforeEach(() => {
  warnings = [];
});

const read = (entry: object) =>
  readTykProviders(
    new ConfigReader({ apiProducts: { providers: { 'tyk-eu': entry } } }),
    message => warnings.push(message),
  );

describe('readTykProviders', () => {
  it('reads a provider and fills in what is left out', () => {
    expect(read(ENTRY)).toEqual([
      {
        type: 'tyk-gateway',
        id: 'tyk-eu',
        title: 'tyk-eu',
        url: 'https://tyk.example.com:8080',
        token: 'marker-token',
        organisation: 'default',
        gatewayUrl: 'https://api.example.com',
        tags: [],
        requestTimeoutMs: 10_000,
        concurrency: 4,
        retries: 3,
        revocation: 'verify',
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('reads everything', () => {
    expect(
      read({
        ...ENTRY,
        title: 'Europe',
        url: 'http://tyk/base/',
        tags: ['portal'],
        tls: { rejectUnauthorized: false, ca: 'PEM' },
        timeouts: { request: { seconds: 3 }, loading: { minutes: 1 } },
        concurrency: 8,
        retries: 0,
        revocation: 'marker',
      }),
    ).toMatchObject([
      {
        title: 'Europe',
        url: 'http://tyk/base',
        tags: ['portal'],
        tls: { rejectUnauthorized: false, ca: 'PEM' },
        requestTimeoutMs: 3_000,
        loadingTimeoutMs: 60_000,
        concurrency: 8,
        retries: 0,
        revocation: 'marker',
      },
    ]);
  });

  it('has nothing to do without providers', () => {
    expect(readTykProviders(new ConfigReader({}), () => {})).toEqual([]);
  });

  it('leaves other types to other modules', () => {
    expect(read({ type: 'kong', anything: 'goes' })).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it.each([{}, { organisation: undefined }, { organisation: '' }])(
    'case 5: a Dashboard tells its organisation: %j',
    change => {
      expect(
        read({
          type: 'tyk-dashboard',
          url: 'https://dashboard.example.com:3000',
          token: 'marker-token',
          gatewayUrl: 'https://api.example.com',
          ...change,
        }),
      ).toEqual([
        {
          type: 'tyk-dashboard',
          id: 'tyk-eu',
          title: 'tyk-eu',
          url: 'https://dashboard.example.com:3000',
          token: 'marker-token',
          gatewayUrl: 'https://api.example.com',
          tags: [],
          requestTimeoutMs: 10_000,
          concurrency: 4,
          retries: 3,
          revocation: 'verify',
        },
      ]);
    },
  );

  it('takes the address of a Dashboard with and without /api', () => {
    for (const url of ['https://tyk', 'https://tyk/api', 'https://tyk/api/']) {
      expect(read({ ...ENTRY, type: 'tyk-dashboard', url })).toMatchObject([
        { url: 'https://tyk' },
      ]);
    }
  });

  it('case 5: an organisation that is configured for a Dashboard wins', () => {
    expect(
      read({ ...ENTRY, type: 'tyk-dashboard', organisation: ' acme ' }),
    ).toMatchObject([{ type: 'tyk-dashboard', organisation: 'acme' }]);
  });

  it('case 5: the organisation is mandatory', () => {
    expect(() => read({ ...ENTRY, organisation: undefined })).toThrow(
      'apiProducts.providers.tyk-eu.organisation is required: a gateway does not tell its organisation',
    );
  });

  it.each([
    [{ type: undefined }, 'type is required'],
    [
      { type: 'tyk-cloud' },
      'type is tyk-cloud, which is not known: use tyk-gateway or tyk-dashboard',
    ],
    [{ url: undefined }, 'url is required'],
    [{ url: 'tyk' }, 'url is not a URL'],
    [{ url: 'ftp://tyk' }, 'url must begin with http:// or https://'],
    [{ url: 'http://a:b@tyk' }, 'url must not contain a user or a password'],
    [{ url: 'http://tyk?x=1' }, 'url must not contain a query or a fragment'],
    [{ token: undefined }, 'token is required'],
    [{ token: ' ' }, 'token is required'],
    [{ token: '' }, 'token is required: the secret of tyk.conf'],
    [
      { token: '', type: 'tyk-dashboard' },
      'token is required: the API access key of a user of the Dashboard',
    ],
    [
      { url: undefined, type: 'tyk-dashboard' },
      'url is required: where the Dashboard answers',
    ],
    [{ revocation: 'hope' }, 'revocation must be verify or marker'],
    [{ gatewayUrl: undefined }, 'gatewayUrl is required'],
    [
      { gatewayUrl: undefined, type: 'tyk-dashboard' },
      'gatewayUrl is required',
    ],
    [{ concurrency: 0 }, 'concurrency must be a whole number of at least 1'],
    [{ retries: 1.5 }, 'retries must be a whole number of at least 0'],
    [
      { timeouts: { request: { hours: 1 } } },
      'timeouts.request must be a positive duration of at most 10 minutes',
    ],
    [
      { timeouts: { request: { seconds: 0 } } },
      'timeouts.request must be a positive duration',
    ],
    [
      { timeouts: { loading: { seconds: -1 } } },
      'timeouts.loading must be a positive duration of at most 10 minutes',
    ],
  ])('refuses %j, naming the key and no secret', (change, message) => {
    let thrown = '';
    try {
      read({ ...ENTRY, ...change });
    } catch (error) {
      thrown = String(error);
    }
    expect(thrown).toContain(`apiProducts.providers.tyk-eu.${message}`);
    expect(thrown).not.toContain('marker-token');
  });
});

describe('keys that nothing reads', () => {
  const place = 'apiProducts.providers.tyk-eu';

  it.each([
    ['organization', 'organisation'],
    ['orgId', 'organisation'],
    ['secret', 'token'],
    ['gatewayurl', 'gatewayUrl'],
    ['policies_tags', 'tags'],
    ['rejectUnauthorized', 'tls.rejectUnauthorized'],
    ['InsecureSkipVerify', 'tls.rejectUnauthorized'],
    ['ca', 'tls.ca'],
    ['timeout', 'timeouts.request'],
    ['schedule', 'synchronisation.schedule'],
    ['maxDropPercent', 'synchronisation.maxDropPercent'],
    ['repair', 'drift.repair'],
  ])('%s is named, and %s told to be meant', (name, instead) => {
    read({ ...ENTRY, [name]: 'marker-value' });
    expect(warnings).toEqual([
      `${place}.${name} is not read by anything: ${place}.${instead} may be meant`,
    ]);
  });

  it('are named where nothing like them is known', () => {
    read({ ...ENTRY, colour: 'blue' });
    expect(warnings).toEqual([
      `${place}.colour is not read by anything: remove it or correct its name`,
    ]);
  });

  it('are named one level down, too', () => {
    read({
      ...ENTRY,
      tls: { rejectUnauthorised: false, request: '3s' },
      timeouts: { connect: '1s' },
    });
    expect(warnings).toEqual([
      `${place}.tls.rejectUnauthorised is not read by anything: ${place}.tls.rejectUnauthorized may be meant`,
      `${place}.tls.request is not read by anything: ${place}.timeouts.request may be meant`,
      `${place}.timeouts.connect is not read by anything: remove it or correct its name`,
    ]);
  });

  it('are not those of the backend', () => {
    read({
      ...ENTRY,
      defaultOwner: 'group:default/platform-owners',
      synchronisation: { schedule: { frequency: { minutes: 1 } } },
      drift: { repair: 'automatic' },
      provisioning: { concurrency: 2 },
    });
    expect(warnings).toEqual([]);
  });
});
