/** The entities of `examples/`, as the catalog has them: who sees what is tested with what people get. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const EXAMPLES = resolve(__dirname, '../../../../examples');
const entity = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z
    .object({ name: z.string(), namespace: z.string().default('default') })
    .catchall(z.json()),
  spec: z.record(z.string(), z.json()).optional(),
});

const entitiesIn = (folder: string): Entity[] =>
  readdirSync(join(EXAMPLES, folder))
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file =>
      parseAllDocuments(readFileSync(join(EXAMPLES, folder, file), 'utf8')),
    )
    .map(document => document.toJS())
    .filter(content => content?.kind !== 'Location')
    .map(content => entity.parse(content));

const relationsOf = ({ kind, spec }: Entity) => {
  if (kind === 'User') {
    return z
      .array(z.string())
      .parse(spec?.memberOf)
      .map(name => ({ type: 'memberOf', targetRef: `group:default/${name}` }));
  }
  return typeof spec?.owner === 'string'
    ? [{ type: 'ownedBy', targetRef: spec.owner }]
    : [];
};

/** The catalog's processors make relations of what an entity says; who owns it and who is in what counts here. */
const withRelations = (read: Entity): Entity => ({
  ...read,
  relations: relationsOf(read),
});

export const demoEntities: Entity[] = ['.', 'plans', 'apis', 'products']
  .flatMap(entitiesIn)
  .map(withRelations);
