import { ConfigReader } from '@backstage/config';
import { readTykProviders } from './config';

const ENTRY = {
  type: 'tyk-gateway',
  url: 'https://tyk.example.com:8080/',
  token: 'marker-token',
  organisation: 'default',
  gatewayUrl: 'https://api.example.com',
};

const read = (entry: object) =>
  readTykProviders(
    new ConfigReader({ apiProducts: { providers: { 'tyk-eu': entry } } }),
  );

describe('readTykProviders', () => {
  it('reads a provider and fills in what is left out', () => {
    expect(read(ENTRY)).toEqual([
      {
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
      },
    ]);
  });

  it('reads everything', () => {
    expect(
      read({
        ...ENTRY,
        title: 'Europe',
        url: 'http://tyk/base/',
        tags: ['portal'],
        tls: { rejectUnauthorized: false, ca: 'PEM' },
        timeouts: { request: { seconds: 3 } },
        concurrency: 8,
        retries: 0,
      }),
    ).toMatchObject([
      {
        title: 'Europe',
        url: 'http://tyk/base',
        tags: ['portal'],
        tls: { rejectUnauthorized: false, ca: 'PEM' },
        requestTimeoutMs: 3_000,
        concurrency: 8,
        retries: 0,
      },
    ]);
  });

  it('has nothing to do without providers', () => {
    expect(readTykProviders(new ConfigReader({}))).toEqual([]);
  });

  it('leaves other types to other modules', () => {
    expect(read({ type: 'kong' })).toEqual([]);
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
      'type is tyk-cloud, which is not known: use tyk-gateway',
    ],
    [{ url: undefined }, 'url is required'],
    [{ url: 'tyk' }, 'url is not a URL'],
    [{ url: 'ftp://tyk' }, 'url must begin with http:// or https://'],
    [{ url: 'http://a:b@tyk' }, 'url must not contain a user or a password'],
    [{ url: 'http://tyk?x=1' }, 'url must not contain a query or a fragment'],
    [{ token: undefined }, 'token is required'],
    [{ token: ' ' }, 'token is required'],
    [{ gatewayUrl: undefined }, 'gatewayUrl is required'],
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
