/** The state of a catalogue's form, and what is sent of it. */
import type {
  Catalogue,
  CataloguePatch,
  EntityRef,
  NewCatalogue,
} from 'backstage-plugin-api-products-common';
import { changesBetween } from '../changes';
import { nameOf, type Naming } from '../NameFields';

interface CatalogueForm extends Naming {
  description: string;
  owner: EntityRef[];
  visibility: 'public' | 'private';
  audience: EntityRef[];
  /** Empty for what is so without any. */
  publishers: EntityRef[];
}

/** As the server calls them. */
export const CATALOGUE_FIELDS = [
  'title',
  'name',
  'description',
  'owner',
  'visibility',
  'audience',
  'publishers',
] as const;

export function catalogueForm(catalogue: Catalogue | undefined): CatalogueForm {
  return {
    title: catalogue?.title ?? '',
    name: catalogue?.name,
    description: catalogue?.description ?? '',
    owner: catalogue ? [catalogue.owner] : [],
    visibility: catalogue?.visibility ?? 'private',
    audience: catalogue?.audience ?? [],
    publishers: catalogue?.publishers ?? [],
  };
}

export function newCatalogueOf(form: CatalogueForm): NewCatalogue {
  const description = form.description.trim();
  return {
    name: nameOf(form),
    title: form.title.trim(),
    ...(description && { description }),
    owner: form.owner[0],
    visibility: form.visibility,
    ...(form.visibility === 'private' && { audience: form.audience }),
    ...(form.publishers.length > 0 && { publishers: form.publishers }),
  };
}

/** Only what was changed, so that what others change at the same time stays. */
export function cataloguePatchOf(
  catalogue: Catalogue,
  form: CatalogueForm,
): CataloguePatch {
  const changed = changesBetween(catalogueForm(catalogue), form);
  return {
    revision: catalogue.revision,
    ...(changed('title') && { title: form.title.trim() }),
    ...(changed('description') && {
      description: form.description.trim() || null,
    }),
    ...(changed('owner') && { owner: form.owner[0] }),
    ...(changed('visibility') && { visibility: form.visibility }),
    ...(changed('audience') && { audience: form.audience }),
    ...(changed('publishers') && {
      publishers: form.publishers.length > 0 ? form.publishers : null,
    }),
  };
}
