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

/** The catalog's processors make relations of what an entity says; who owns an API counts here. */
const withOwner = (api: Entity): Entity =>
  api.kind === 'API' && typeof api.spec?.owner === 'string'
    ? {
        ...api,
        relations: [{ type: 'ownedBy', targetRef: api.spec.owner }],
      }
    : api;

export const demoEntities: Entity[] = ['.', 'plans', 'apis', 'products']
  .flatMap(entitiesIn)
  .map(withOwner);
