import type { SchemaObject } from 'ajv';
import { API_CATALOGUE_KIND } from '../kinds';
import { entitySchema } from './entity';
import { closedObject, groupsOrUsers, owner } from './fragments';

/** JSON Schema (draft-07) of `APICatalogue`; its own keywords are explained in `./fragments`. @public */
export const apiCatalogueSchema: SchemaObject = entitySchema(
  API_CATALOGUE_KIND,
  closedObject(
    {
      owner,
      visibility: { enum: ['public', 'private'] },
      audience: groupsOrUsers,
      publishers: groupsOrUsers,
    },
    ['owner'],
  ),
);
