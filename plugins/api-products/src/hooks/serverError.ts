/** What the backend said when it refused, in its own words and with its status. */
import { ResponseError } from '@backstage/errors';

/** @internal */
export interface ServerError {
  /** HTTP status; absent where the backend could not be asked at all. */
  status?: number;
  /** The backend's own sentence, which names the field or says who may. */
  message: string;
}

const isResponseError = (error: Error): error is ResponseError =>
  error instanceof ResponseError || error.name === 'ResponseError';

/** @internal */
export function serverErrorOf(error: Error): ServerError {
  if (isResponseError(error)) {
    return {
      status: error.body.response.statusCode,
      message: error.body.error.message,
    };
  }
  return { message: error.message };
}
