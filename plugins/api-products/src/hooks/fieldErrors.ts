/** Finds the field that a refusal of the server is about, so that it can be said there. */
import { serverErrorOf } from './serverError';

/** A refusal, and where to say it; without a field it concerns the whole form. */
interface FieldError<F extends string> {
  field?: F;
  message: string;
}

/**
 * The server's messages begin with the field's name, those of the routes' and the entities' schemas with its path:
 * `plan: Gold is not offered…`, `name must not be empty`, `request/body/application/name must NOT have more than…`,
 * `spec.rateLimit.per must be a positive number of seconds`.
 */
const LEADING =
  /^(?:request\/body\/)?([A-Za-z]+(?:[/.][A-Za-z]+)*)(?=[:\s/.[]|$)/;

/** The field says its own name. */
function withoutPath(message: string): string {
  const [path = ''] = /^\S+\s+/.exec(message) ?? [];
  const rest = message.slice(path.length);
  // `plan: Gold is not…` is a sentence; `plan must be…` needs a beginning.
  return path.trimEnd().endsWith(':')
    ? rest
    : rest.charAt(0).toUpperCase() + rest.slice(1);
}

/**
 * @param fields - those that are on the screen, as the server calls them
 * @param words - the refusal as the page says it
 */
export function fieldErrorOf<F extends string>(
  error: Error,
  fields: readonly F[],
  words: (error: Error) => string,
): FieldError<F> {
  const { message, fields: facts } = serverErrorOf(error);
  const said = words(error);
  const path = (facts.field ?? LEADING.exec(message)?.[1] ?? '').split(/[/.]/);
  // `application/name` is about the name; the innermost known name is the one to stand at.
  const field = [...path]
    .reverse()
    .flatMap(part => fields.filter(known => known === part))[0];
  return {
    field,
    message:
      field === undefined || said !== message ? said : withoutPath(message),
  };
}
