/**
 * The router that knows the routes, parameters and bodies of openapi.yaml, and refuses what does not fit them.
 *
 * A request that is refused before it reaches a route answers 400 and names what is wrong: `request/query/limit must
 * be <= 100`, `Unknown query parameter 'colour'`, `request/body/reason must NOT have more than 4000 characters`.
 */
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { InputError } from '@backstage/errors';
import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { openapi } from './openapi';

/** Larger than any valid body, far below what could hurt. */
const BODY_LIMIT = '256kb';

const bodyError = z.object({ type: z.string(), message: z.string() });

/** What `express.json` found wrong with the body, in words. */
function inWords(error: unknown): unknown {
  const { data } = bodyError.safeParse(error);
  switch (data?.type) {
    case 'entity.parse.failed':
      return new InputError(`request/body is not valid JSON: ${data.message}`);
    case 'entity.too.large':
      return new InputError(`request/body is larger than ${BODY_LIMIT}`);
    default:
      return error;
  }
}

const json = express.json({ limit: BODY_LIMIT });

const readBody: RequestHandler = (req, res, next) =>
  json(req, res, error => next(error === undefined ? error : inWords(error)));

/** @internal */
export function createApiRouter() {
  return createValidatedOpenApiRouter(openapi, { middleware: [readBody] });
}

/** What each resource adds its routes to. @internal */
export type ApiRouter = ReturnType<typeof createApiRouter>;
