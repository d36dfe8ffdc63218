/** Finds the field that a refusal of the server is about, so that it can be said there. */
import { serverErrorOf } from '../../hooks/serverError';

/** A field of the form, as the server calls it. @internal */
export type RequestField =
  | 'name'
  | 'owner'
  | 'component'
  | 'application'
  | 'plan'
  | 'acceptedTerms'
  | 'reason';

/** A refusal, and where to say it; without a field it concerns the whole request. @internal */
export interface FieldError {
  field?: RequestField;
  message: string;
}

const FIELDS: RequestField[] = [
  'name',
  'owner',
  'component',
  'application',
  'plan',
  'acceptedTerms',
  'reason',
];

/**
 * The server's messages begin with the field's name, and those of the schema with its path:
 * `plan: Gold is not offered…`, `name must not be empty`, `request/body/application/name must NOT have more than…`.
 */
const LEADING = /^(?:request\/body\/)?([A-Za-z]+(?:\/[A-Za-z]+)*)(?=[:\s/]|$)/;

/** @internal */
export function fieldErrorOf(error: Error): FieldError {
  const { message } = serverErrorOf(error);
  const path = LEADING.exec(message)?.[1]?.split('/') ?? [];
  // `application/name` is about the name; the innermost known name is the one to stand at.
  const field = [...path]
    .reverse()
    .flatMap(part => FIELDS.filter(known => known === part))[0];
  return { field, message };
}
