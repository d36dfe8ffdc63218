import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { loadKeyRing, readKeyRing } from './keyRing';

const secret = () => randomBytes(32).toString('base64');
const configOf = (keys: object[]) =>
  mockServices.rootConfig({ data: { apiProducts: { secrets: { keys } } } });
const empty = mockServices.rootConfig({ data: {} });

describe('the key ring', () => {
  it('is read in the order of the configuration, with derived ids where none is given', () => {
    const ring = readKeyRing(
      configOf([{ secret: secret() }, { id: 'old', secret: secret() }]),
    );
    expect(ring).toHaveLength(2);
    expect(ring?.[0].id).toMatch(/^[0-9a-f]{12}$/);
    expect(ring?.[1].id).toBe('old');
    expect(ring?.[1].key).toHaveLength(32);
  });

  it.each([
    ['short', 'apiProducts.secrets.keys[0].secret must be 32 random bytes'],
    [
      'a passphrase that is long but not base64 of 32 bytes!',
      'apiProducts.secrets.keys[0].secret must be 32 random bytes',
    ],
  ])('refuses %j without quoting it', (bad, message) => {
    const read = () => readKeyRing(configOf([{ secret: bad }]));
    expect(read).toThrow(message);
    expect(read).not.toThrow(bad);
  });

  it('refuses two keys with the same id', () => {
    expect(() =>
      readKeyRing(
        configOf([
          { id: 'a', secret: secret() },
          { id: 'a', secret: secret() },
        ]),
      ),
    ).toThrow('apiProducts.secrets.keys[1].id is used twice: a');
  });

  it('is required in production', async () => {
    const logger = mockServices.logger.mock();
    await expect(
      loadKeyRing({ config: empty, logger, environment: 'production' }),
    ).rejects.toThrow('apiProducts.secrets.keys is missing');
  });

  it('is drawn in development, with a warning that names the key', async () => {
    const logger = mockServices.logger.mock();
    const load = () =>
      loadKeyRing({
        config: empty,
        logger,
        environment: 'development',
        databaseFile: ':memory:',
      });
    const [first] = await load();
    const [second] = await load();
    expect(first.key.equals(second.key)).toBe(false);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('apiProducts.secrets.keys is not configured'),
    );
  });
});

describe('the development key beside a SQLite file', () => {
  const directory = createMockDirectory();

  it('is the same after a restart, and readable by its owner only', async () => {
    const options = {
      config: empty,
      logger: mockServices.logger.mock(),
      environment: 'development',
      databaseFile: directory.resolve('new/api-products.sqlite'),
    };
    const [first] = await loadKeyRing(options);
    const [second] = await loadKeyRing(options);
    expect(second).toEqual(first);
    const { mode } = await stat(`${options.databaseFile}.development-key`);
    expect(mode % 0o1000).toBe(0o600);
  });
});
