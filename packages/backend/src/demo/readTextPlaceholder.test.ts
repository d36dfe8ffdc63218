import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { PlaceholderResolverParams } from '@backstage/plugin-catalog-node';
import {
  createReadTextPlaceholder,
  foldersOfLocalLocations,
} from './readTextPlaceholder';

const folder = createMockDirectory({
  content: {
    'examples/products/payments.yaml': '',
    'examples/products/texts/payments.md': '# Payments',
    'examples/apis/payments.yaml': 'openapi: 3.0.0',
    'secret.txt': 'not for you',
  },
});

function resolvePlaceholder(overrides: Partial<PlaceholderResolverParams>) {
  return createReadTextPlaceholder([folder.resolve('examples')])({
    key: 'text',
    value: './texts/payments.md',
    baseUrl: folder.resolve('examples/products/payments.yaml'),
    read: async url => Buffer.from(`content of ${url}`),
    resolveUrl: (url, base) => new URL(url, base).toString(),
    emit: () => {},
    ...overrides,
  });
}

describe('$text', () => {
  it('reads a file beside the entity', async () => {
    expect(await resolvePlaceholder({})).toBe('# Payments');
  });

  it('reads another file of the same location', async () => {
    expect(await resolvePlaceholder({ value: '../apis/payments.yaml' })).toBe(
      'openapi: 3.0.0',
    );
  });

  it.each(['../../secret.txt', '/etc/passwd', './texts/../../../secret.txt'])(
    'does not leave the folder of the location for %p',
    async value => {
      await expect(resolvePlaceholder({ value })).rejects.toThrow(
        'which is not below',
      );
    },
  );

  it('reads relative to the URL of an entity that is not a local file', async () => {
    const emit = jest.fn();
    const baseUrl = 'https://example.com/catalog/payments.yaml';

    expect(await resolvePlaceholder({ baseUrl, emit })).toBe(
      'content of https://example.com/catalog/texts/payments.md',
    );
    expect(emit).toHaveBeenCalledWith({
      type: 'refresh',
      key: 'url:https://example.com/catalog/texts/payments.md',
    });
  });

  it('knows the folders from the registered locations', () => {
    const config = new ConfigReader({
      catalog: {
        locations: [
          { type: 'file', target: '/portal/examples/all.yaml' },
          { type: 'url', target: 'https://example.com/all.yaml' },
        ],
      },
    });
    expect(foldersOfLocalLocations(config)).toEqual(['/portal/examples']);
  });

  it('says what it expects', async () => {
    await expect(resolvePlaceholder({ value: 7 })).rejects.toThrow(
      'expects a path or a URL',
    );
  });
});
