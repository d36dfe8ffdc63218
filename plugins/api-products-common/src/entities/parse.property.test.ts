import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import {
  catalogueFromEntity,
  planFromEntity,
  productFromEntity,
} from './normalise';
import {
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
} from './parse';
import { bent, catalogue, plan, product } from './testEntities';

const read = [
  (entity: unknown) => productFromEntity(parseProductEntity(entity)),
  (entity: unknown) => planFromEntity(parsePlanEntity(entity)),
  (entity: unknown) => catalogueFromEntity(parseCatalogueEntity(entity)),
];

/** What was thrown that is not an InputError. */
function surprises(entity: unknown): unknown[] {
  return read.flatMap(parseAndNormalise => {
    try {
      parseAndNormalise(entity);
      return [];
    } catch (error) {
      return error instanceof InputError ? [] : [error];
    }
  });
}

const noSurprises = (entity: unknown) => expect(surprises(entity)).toEqual([]);

/** Every place in an entity, as a path. */
function placesIn(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = Array.isArray(value) ? Number(key) : key;
    return [[name], ...placesIn(inner).map(rest => [name, ...rest])];
  });
}

const bentEntity = fc
  .constantFrom<object>(product(), plan(), catalogue())
  .chain(entity =>
    fc
      .tuple(fc.constantFrom(...placesIn(entity)), fc.jsonValue())
      .map(([path, value]) => bent(entity, path, value)),
  );

describe('parsing arbitrary JSON', () => {
  it('throws nothing but InputError', () => {
    expect(() =>
      fc.assert(fc.property(fc.jsonValue(), noSurprises)),
    ).not.toThrow();
  });

  it('throws nothing but InputError where one place of a good entity has become anything', () => {
    expect(() =>
      fc.assert(fc.property(bentEntity, noSurprises), { numRuns: 2000 }),
    ).not.toThrow();
  });

  it('refuses every field that it does not know', () => {
    const known = new Set(Object.keys(product().spec));
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter(name => !known.has(name)),
        name => {
          const entity = JSON.parse(
            JSON.stringify(product()).replace(
              '"spec":{',
              () => `"spec":{${JSON.stringify(name)}:1,`,
            ),
          );
          expect(() => parseProductEntity(entity)).toThrow(
            /is not a known field/,
          );
        },
      ),
    );
  });
});
