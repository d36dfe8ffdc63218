import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  LocationSpec,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  API_CATALOGUE_KIND,
  API_PLAN_KIND,
  API_PRODUCT_KIND,
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
} from 'backstage-plugin-api-products-common';
import { namedIn, relationsOf } from './relations';

const parsers = new Map<string, (entity: unknown) => Entity>([
  [API_PRODUCT_KIND, parseProductEntity],
  [API_PLAN_KIND, parsePlanEntity],
  [API_CATALOGUE_KIND, parseCatalogueEntity],
]);

/** Whether the entity means to be ours: another vendor may have a kind of the same name. */
function isOurs({ apiVersion, kind }: Entity): boolean {
  return (
    apiVersion.startsWith('api-products/') ||
    (parsers.has(kind) && apiVersion.startsWith('backstage.io/'))
  );
}

/**
 * Makes the catalog know the kinds `APIProduct`, `APIPlan` and `APICatalogue`: refuses entities that are wrong with a
 * message that names the field, and relates the others to owners, systems, APIs, plans and catalogues.
 * @public
 */
export class ApiProductsProcessor implements CatalogProcessor {
  /** The name that the catalog logs. */
  getProcessorName(): string {
    return 'ApiProductsProcessor';
  }

  /** @throws InputError naming each wrong field */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isOurs(entity)) {
      return false;
    }
    const parse = parsers.get(entity.kind);
    if (!parse) {
      throw new InputError(
        `kind must be one of ${[...parsers.keys()].join(', ')}`,
      );
    }
    parse(entity);
    return true;
  }

  /**
   * Emits the relations in both directions, and writes out who is named in short, so that the catalog can be searched
   * for them.
   */
  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (!isOurs(entity)) {
      return entity;
    }
    const source = getCompoundEntityRef(entity);
    for (const relation of relationsOf(entity)) {
      const target = parseEntityRef(relation.target);
      emit(processingResult.relation({ source, type: relation.type, target }));
      emit(
        processingResult.relation({
          source: target,
          type: relation.inverse,
          target: source,
        }),
      );
    }
    return { ...entity, spec: { ...entity.spec, ...namedIn(entity) } };
  }
}
