/**
 * Parts that the schemas share. Beside draft-07 they use
 *
 * - `x-message`: what a person has to do, said in place of the validator's own words;
 * - `x-entity-kinds`: an entity reference to one of these kinds, the first being the default;
 * - `x-unique-by`: no two items of the list say the same in this field;
 * - the formats `http-url`, `web-link`, `image-url`, `positive-duration`, `currency`.
 *
 * A validator that does not know them ignores them; ours is in `../validation/compile`.
 */
import type { SchemaObject } from 'ajv';

const OWNERS = ['group', 'user'];

/** Columns, provider names and lists on a page have an end; so has every text. */
export const LONGEST = { line: 255, paragraph: 5000, document: 1_000_000 };

/** Something that can be seen: a name of blanks is none. */
const VISIBLE = '[^\\s\\u200b-\\u200f\\u2060\\ufeff]';

export const line = (what: string): SchemaObject => ({
  type: 'string',
  pattern: VISIBLE,
  maxLength: LONGEST.line,
  'x-message': `must be ${what}, at most ${LONGEST.line} characters and not only blanks`,
});

export const optionalLine = (what: string): SchemaObject => ({
  ...line(what),
  pattern: `^$|${VISIBLE}`,
});

export const longText = (what: string): SchemaObject => ({
  type: 'string',
  maxLength: LONGEST.document,
  'x-message': `must be ${what}, at most ${LONGEST.document} characters`,
});

const KIND_LABELS: Record<string, string> = {
  group: 'a group',
  user: 'a user',
  api: 'an API',
  apiproduct: 'an APIProduct',
  system: 'a system',
  apiplan: 'an APIPlan',
  apicatalogue: 'an APICatalogue',
};

export const entityRef = (kinds: string[], example: string): SchemaObject => ({
  type: 'string',
  'x-entity-kinds': kinds,
  'x-message': `must be a reference to ${kinds
    .map(kind => KIND_LABELS[kind] ?? kind)
    .join(' or ')}, such as ${example}`,
});

export const owner = entityRef(OWNERS, 'group:default/payments');

export const listOf = (items: SchemaObject, most = 200): SchemaObject => ({
  type: 'array',
  items,
  maxItems: most,
});

export const groupsOrUsers = listOf(owner);

export const catalogues = listOf(
  entityRef(['apicatalogue'], 'apicatalogue:default/internal or internal'),
);

export const provider: SchemaObject = {
  type: 'string',
  pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
  'x-message':
    'must be the id of a provider: letters, digits, `-`, `_` and `.`, at most 63 characters',
};

export const providerName = line('the name that the provider shows');

export const duration: SchemaObject = {
  type: 'string',
  format: 'positive-duration',
  'x-message':
    'must be a positive ISO 8601 duration of at most 100 years, such as PT1H or P30D',
};

export const webAddress: SchemaObject = {
  type: 'string',
  format: 'http-url',
  maxLength: 2000,
  'x-message': 'must be a web address that starts with https:// or http://',
};

const SCOPE = '[\\x21\\x23-\\x2B\\x2D-\\x5B\\x5D-\\x7E]+';

/** A list, or one text with spaces or commas: whichever of the two is meant is checked. */
export const scopes: SchemaObject = {
  if: { type: 'array' },
  then: listOf({
    type: 'string',
    pattern: `^${SCOPE}$`,
    maxLength: LONGEST.line,
    'x-message':
      'must be one scope, without spaces, commas, quotes and backslashes',
  }),
  else: {
    type: 'string',
    pattern: `^[\\s,]*(${SCOPE}([\\s,]+|$))*$`,
    maxLength: LONGEST.paragraph,
    'x-message':
      'must be a list of scopes, or a text of scopes with spaces or commas between them',
  },
};

export const displayPriority: SchemaObject = {
  type: 'integer',
  minimum: -1_000_000,
  maximum: 1_000_000,
  'x-message':
    'must be a whole number between -1000000 and 1000000; higher stands further up',
};

/** An object whose fields are all known, so that a typo does not pass silently. */
export const closedObject = (
  properties: Record<string, SchemaObject>,
  required: string[] = [],
): SchemaObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
