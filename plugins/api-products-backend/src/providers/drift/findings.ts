/** What a scan of the provider says of one record or key. Pure. */
import { createHash } from 'node:crypto';
import type {
  DriftDifference,
  DriftKind,
  Id,
} from 'backstage-plugin-api-products-common';

/** Everything of one kind in which a subject differs. */
export interface Finding {
  kind: DriftKind;
  /** A sentence for people, without the subject's name. */
  message: string;
  differences: DriftDifference[];
}

/** Something that was looked at, with what was found; an empty list says that it is as it should be. */
export interface Looked {
  /** `<noun>:<id>`. */
  subject: string;
  /** What people know it by. */
  title: string;
  findings: Finding[];
  /** Who may read its history besides platform owners. */
  scope?: { product?: Id; application?: Id };
}

/** Tells differences that somebody has ignored from others. */
export const findingFingerprint = ({ kind, differences }: Finding): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        kind,
        differences.map(({ field, ours, theirs }) => [
          field,
          ours ?? null,
          theirs ?? null,
        ]),
      ]),
    )
    .digest('hex');

const FIELD_LABELS: Record<string, string> = {
  rateLimit: 'rate limit',
  keyLifetime: 'lifetime of keys',
  credentialMetadata: 'metadata of keys',
  apis: 'APIs',
  policies: 'product and plan',
};

const fieldLabel = (field: string): string => {
  const [name, of] = field.split(':');
  if (name === 'versions' && of) return `versions of ${of}`;
  if (name === 'allowedUrls' && of) return `paths of ${of}`;
  if (name === 'metadata' && of) return `metadata ${of}`;
  return FIELD_LABELS[field] ?? field;
};

const fieldLabels = (differences: DriftDifference[]): string =>
  differences.map(({ field }) => fieldLabel(field)).join(', ');

/** A finding of these differences, or none where there are none. */
export const finding = (
  kind: DriftKind,
  message: (fields: string) => string,
  differences: DriftDifference[],
): Finding[] =>
  differences.length === 0
    ? []
    : [{ kind, message: message(fieldLabels(differences)), differences }];
