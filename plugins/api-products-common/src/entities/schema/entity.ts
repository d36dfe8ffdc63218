import type { SchemaObject } from 'ajv';
import { ANNOTATION_RENAMED_FROM, API_PRODUCTS_API_VERSION } from '../kinds';
import { RECORD_NAME } from '../recordNames';
import { LONGEST, entityRef, line } from './fragments';

/** What Backstage asks of every entity, here as well because the REST API and forms have no catalog in front of them. */
const metadataOf = (kind: string): SchemaObject => ({
  type: 'object',
  required: ['name'],
  properties: {
    name: {
      type: 'string',
      pattern: RECORD_NAME.source,
      'x-message':
        'must be at most 63 letters and digits, with `-`, `_` and `.` in between',
    },
    namespace: {
      type: 'string',
      maxLength: 63,
      pattern: '^[a-z0-9]+(-+[a-z0-9]+)*$',
      'x-message':
        'must be at most 63 lower-case letters and digits, with `-` in between',
    },
    title: line('a name for people'),
    description: {
      type: 'string',
      maxLength: LONGEST.paragraph,
      'x-message': `must be a short text, at most ${LONGEST.paragraph} characters; a longer one goes into spec.content`,
    },
    tags: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'string',
        maxLength: 63,
        pattern: '^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$',
        'x-message':
          'must be at most 63 lower-case letters, digits, `:`, `+` and `#`, with `-` in between',
      },
    },
    links: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['url'],
        properties: {
          url: {
            type: 'string',
            format: 'web-link',
            maxLength: 2000,
            'x-message':
              'must be an address that starts with https://, http:// or mailto:',
          },
          title: { type: 'string' },
        },
      },
    },
    annotations: {
      type: 'object',
      properties: {
        [ANNOTATION_RENAMED_FROM]: entityRef(
          [kind.toLocaleLowerCase('en-US')],
          'payments or default/payments',
        ),
      },
      additionalProperties: { type: 'string' },
    },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
});

/** The schema of an entity of one of the three kinds. */
export const entitySchema = (
  kind: string,
  spec: SchemaObject,
): SchemaObject => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: `${kind}V1alpha1`,
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: API_PRODUCTS_API_VERSION },
    kind: { const: kind },
    metadata: metadataOf(kind),
    spec,
  },
});
