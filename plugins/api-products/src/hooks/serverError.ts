/** What the backend said when it refused: its sentence in plain words, its status, and what a page can lead to. */
import { ResponseError } from '@backstage/errors';
import type {
  DecisionResult,
  RefusalFields,
} from 'backstage-plugin-api-products-common';
import { plainWords } from './plainWords';

interface ServerError {
  /** HTTP status; absent where the backend could not be asked at all. */
  status?: number;
  /** Why, as the backend names it; absent in what does not come from this plugin's backend. */
  code?: string;
  /** The backend's own sentence, which names the field or says who may, without references, instants and ids. */
  message: string;
  /** The facts, as far as the backend gives them. */
  fields: RefusalFields;
}

const isResponseError = (error: Error): error is ResponseError =>
  error instanceof ResponseError || error.name === 'ResponseError';

const TEXTS = [
  'field',
  'product',
  'plan',
  'application',
  'accessRequest',
  'subscription',
  'status',
  'owner',
  'requester',
  'decidedBy',
  'decidedAt',
  'per',
  'renewsAt',
] as const;
const LISTS = ['approvers', 'terms'] as const;

const isText = (value: unknown): value is string => typeof value === 'string';

const valueIn = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;

/** What comes over the network may be of any make: what is not as it should be is left out. */
function fieldsOf(said: unknown): RefusalFields {
  const fields: RefusalFields = {};
  for (const name of TEXTS) {
    const text = valueIn(said, name);
    if (isText(text)) {
      fields[name] = text;
    }
  }
  for (const name of LISTS) {
    const list = valueIn(said, name);
    if (Array.isArray(list)) {
      fields[name] = list.filter(isText);
    }
  }
  const limit = valueIn(said, 'limit');
  if (typeof limit === 'number') {
    fields.limit = limit;
  }
  const decision = valueIn(said, 'decision');
  if (decision === 'approved' || decision === 'rejected') {
    fields.decision = decision;
  }
  return fields;
}

/** Why one of many was refused that were sent together. */
export class ItemRefusedError extends Error {
  readonly status: number;
  readonly refusal: NonNullable<DecisionResult['error']>;

  constructor(status: number, refusal: NonNullable<DecisionResult['error']>) {
    super(refusal.message);
    this.name = 'ItemRefusedError';
    this.status = status;
    this.refusal = refusal;
  }
}

export function serverErrorOf(error: Error): ServerError {
  if (error instanceof ItemRefusedError) {
    const { status, refusal, message } = error;
    return {
      status,
      code: refusal.code,
      message: plainWords(message),
      fields: fieldsOf(refusal.fields),
    };
  }
  if (!isResponseError(error)) {
    return { message: plainWords(error.message), fields: {} };
  }
  const { error: said, response } = error.body;
  const code = valueIn(said, 'code');
  return {
    status: response.statusCode,
    code: isText(code) ? code : undefined,
    message: plainWords(said.message),
    // `details` is what `fields` was called before.
    fields: fieldsOf(valueIn(said, 'fields') ?? valueIn(said, 'details')),
  };
}

/** Whether it is not there, or not for the caller: the backend does not tell which, so neither do the pages. */
export function isNotForCaller(error: Error): boolean {
  const { status } = serverErrorOf(error);
  return (
    status === 404 ||
    status === 403 ||
    error.name === 'NotFoundError' ||
    error.name === 'NotAllowedError'
  );
}
