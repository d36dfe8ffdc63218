import { ApiProductsProcessor } from './ApiProductsProcessor';

const entity = (apiVersion: string, kind: string) => ({
  apiVersion,
  kind,
  metadata: { name: 'x', namespace: 'default' },
  spec: { owner: 'group:default/payments' },
});

describe('ApiProductsProcessor', () => {
  const processor = new ApiProductsProcessor();

  it('knows its own kinds', async () => {
    expect(
      await processor.validateEntityKind(
        entity('api-products/v1alpha1', 'APIProduct'),
      ),
    ).toBe(true);
  });

  it.each([
    ['backstage.io/v1alpha1', 'API'],
    ['gateway.example.com/v1', 'APIProduct'],
  ])('leaves %s %s to others', async (apiVersion, kind) => {
    const emit = jest.fn();
    const foreign = entity(apiVersion, kind);
    expect(await processor.validateEntityKind(foreign)).toBe(false);
    await processor.postProcessEntity(
      foreign,
      { type: 'url', target: 'https://example.com' },
      emit,
    );
    expect(emit).not.toHaveBeenCalled();
  });

  it.each([
    [
      'api-products/v1alpha1',
      'APICatalog',
      'kind must be one of APIProduct, APIPlan, APICatalogue',
    ],
    [
      'api-products/v2',
      'APIProduct',
      'apiVersion must be api-products/v1alpha1',
    ],
    [
      'backstage.io/v1alpha1',
      'APIProduct',
      'apiVersion must be api-products/v1alpha1',
    ],
  ])('says what is wrong with %s %s', async (apiVersion, kind, message) => {
    await expect(
      processor.validateEntityKind(entity(apiVersion, kind)),
    ).rejects.toThrow(message);
  });
});
