/** What the backend said when it refused: its sentence in plain words, its status, and what a page can lead to. */
import { ResponseError } from '@backstage/errors';
import { plainWords } from './plainWords';

/** The facts of a refusal that a page leads on with. @internal */
export interface RefusalFacts {
  accessRequest?: string;
  subscription?: string;
}

/** @internal */
export interface ServerError {
  /** HTTP status; absent where the backend could not be asked at all. */
  status?: number;
  /** Why, as the backend names it; absent in what does not come from this plugin's backend. */
  code?: string;
  /** The backend's own sentence, which names the field or says who may, without references, instants and ids. */
  message: string;
  facts: RefusalFacts;
}

const isResponseError = (error: Error): error is ResponseError =>
  error instanceof ResponseError || error.name === 'ResponseError';

const textIn = (value: unknown, name: string): string | undefined => {
  const found: unknown =
    typeof value === 'object' && value !== null
      ? Reflect.get(value, name)
      : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** @internal */
export function serverErrorOf(error: Error): ServerError {
  if (!isResponseError(error)) {
    return { message: plainWords(error.message), facts: {} };
  }
  const { error: said, response } = error.body;
  // `details` is what `fields` was called before.
  const fields: unknown =
    Reflect.get(said, 'fields') ?? Reflect.get(said, 'details');
  return {
    status: response.statusCode,
    code: textIn(said, 'code'),
    message: plainWords(said.message),
    facts: {
      accessRequest: textIn(fields, 'accessRequest'),
      subscription: textIn(fields, 'subscription'),
    },
  };
}
