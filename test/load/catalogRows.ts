/** A Backstage catalog with as many entities as the portal has products, made in seconds: its own way takes minutes. */
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { z } from 'zod';
// The people who look at lists; the backend exports nothing but its plugin.
import { sizePeople } from '../../plugins/api-products-backend/src/testing/size';
import { times } from './figures';

const ROWS_AT_ONCE = 100;
/** The catalog leaves them alone. */
const NEVER = '2100-01-01T00:00:00.000Z';
const AT = '2026-11-21T12:00:00.000Z';
const LOCATION = 'url:https://git.example.com/catalog-info.yaml';

const component = (i: number): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: `component-${i}`,
    namespace: 'default',
    title: `Service ${(i * 7919) % 1_000_003}`,
    description: `Answers for part ${i}`,
    tags: [`part${i % 100}`],
    annotations: {
      'backstage.io/managed-by-location': LOCATION,
      'backstage.io/managed-by-origin-location': LOCATION,
    },
  },
  spec: {
    type: 'service',
    lifecycle: i % 20 === 11 ? 'deprecated' : 'production',
    owner: `group:default/team-${i % 50}`,
  },
  relations: [{ type: 'ownedBy', targetRef: `group:default/team-${i % 50}` }],
});

const person = ({ ref, ownership }: { ref: string; ownership: string[] }) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: ref.slice(ref.lastIndexOf('/') + 1), namespace: 'default' },
  spec: {},
  relations: ownership
    .filter(owner => owner.startsWith('group:'))
    .map(targetRef => ({ type: 'memberOf', targetRef })),
});

const textSchema = z.union([z.string(), z.number(), z.boolean()]);

/** What the catalog finds an entity by: each value by its path. */
function pathsOf(path: string, value: unknown): [string, string][] {
  const { data: text, success } = textSchema.safeParse(value);
  if (success) {
    return [[path, String(text)]];
  }
  if (Array.isArray(value)) {
    return value.flatMap(one => pathsOf(path, one));
  }
  return Object.entries(Object(value)).flatMap(([name, one]) =>
    pathsOf(path ? `${path}.${name}` : name, one),
  );
}

function searchRows(entity_id: string, { relations, ...entity }: Entity) {
  const found = [
    ...pathsOf('', entity),
    ...(relations ?? []).map(({ type, targetRef }): [string, string] => [
      `relations.${type}`,
      targetRef,
    ]),
  ];
  return found.map(([key, original_value]) => ({
    entity_id,
    key: key.toLocaleLowerCase('en-US'),
    value: original_value.toLocaleLowerCase('en-US'),
    original_value,
  }));
}

/** @param knex - the catalog's own connection, which has its tables */
export async function fillCatalog(knex: Knex, components: number) {
  const entities = [
    ...Object.values(sizePeople).map(person),
    ...times(components).map(component),
  ].map((entity, i) => ({
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    ref: `${entity.kind}:default/${entity.metadata.name}`.toLocaleLowerCase(
      'en-US',
    ),
    entity,
  }));
  const insert = (table: string, rows: readonly object[]) =>
    knex.batchInsert(table, rows, ROWS_AT_ONCE);
  await insert(
    'refresh_state',
    entities.map(({ id, ref, entity }) => ({
      entity_id: id,
      entity_ref: ref,
      unprocessed_entity: JSON.stringify(entity),
      errors: '[]',
      next_update_at: NEVER,
      last_discovery_at: AT,
    })),
  );
  await insert(
    'final_entities',
    entities.map(({ id, ref, entity }) => ({
      entity_id: id,
      entity_ref: ref,
      hash: id,
      final_entity: JSON.stringify({
        ...entity,
        metadata: { ...entity.metadata, uid: id, etag: id },
      }),
      last_updated_at: AT,
    })),
  );
  await insert(
    'search',
    entities.flatMap(({ id, entity }) => searchRows(id, entity)),
  );
  await knex.raw('analyze');
}
