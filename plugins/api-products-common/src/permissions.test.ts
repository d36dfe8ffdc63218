import { apiProductsPermissions } from './permissions';

describe('apiProductsPermissions', () => {
  it('names each permission once, as api-products.<noun>.<verb>', () => {
    const names = apiProductsPermissions.map(p => p.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^api-products\.[a-z-]+\.[a-z]+$/);
    }
  });

  it('has only basic permissions, so that they work without conditions', () => {
    expect(apiProductsPermissions.map(p => p.type)).toEqual(
      apiProductsPermissions.map(() => 'basic'),
    );
  });
});
