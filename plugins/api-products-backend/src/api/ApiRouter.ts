/**
 * The router that knows the routes, parameters and bodies of openapi.yaml, and refuses what does not fit them.
 *
 * A request that is refused before it reaches a route answers 400 and names what is wrong: `request/query/limit must
 * be <= 100`, `Unknown query parameter 'colour'`, `request/body/reason must NOT have more than 4000 characters`.
 */
import type { ApiRouter as OpenApiRouter } from '@backstage/backend-openapi-utils';
import { InputError } from '@backstage/errors';
import express, {
  type ErrorRequestHandler,
  type RequestHandler,
} from 'express';
import { middleware as validator } from 'express-openapi-validator';
import type { OpenAPIV3 } from 'express-openapi-validator/dist/framework/types';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { refused } from '../lib/errors';
import { openapi } from './openapi';

/** Larger than any valid body, far below what could hurt. */
const BODY_LIMIT = '256kb';
/** Where valid bodies can be larger. */
const LARGER_LIMITS: [RegExp, string][] = [
  // Guides and definitions, of a megabyte each at most.
  [/^\/products(?:\/|$)/, '4mb'],
  // A hundred comments.
  [/^\/access-requests\/decide\/?$/, '2mb'],
];

const NO_NUL = 'request/body must not contain the character NUL';

const bodyError = z.object({ type: z.string(), message: z.string() });

/** What `express.json` found wrong with the body, in words. */
function inWords(error: unknown, limit: string): unknown {
  const { data } = bodyError.safeParse(error);
  switch (data?.type) {
    case 'entity.parse.failed':
      return new InputError(
        data.message === NO_NUL
          ? NO_NUL
          : `request/body is not valid JSON: ${data.message}`,
      );
    case 'entity.too.large':
      return new InputError(`request/body is larger than ${limit}`);
    default:
      return error;
  }
}

/** No text of ours has a NUL in it, and PostgreSQL cannot even compare with one. */
function refuseNul(name: string, value: unknown): unknown {
  if (
    name.includes('\0') ||
    (typeof value === 'string' && value.includes('\0'))
  ) {
    throw new SyntaxError(NO_NUL);
  }
  return value;
}

const jsonUpTo = (limit: string) => express.json({ limit, reviver: refuseNul });

const anyJson = jsonUpTo(BODY_LIMIT);
const largerJson = LARGER_LIMITS.map(([of, limit]) => ({
  of,
  limit,
  read: jsonUpTo(limit),
}));

const readRequest: RequestHandler = (req, res, next) => {
  if (req.url.includes('%00')) {
    next(new InputError('request/url must not contain the character NUL'));
    return;
  }
  const { read, limit } = largerJson.find(({ of }) => of.test(req.path)) ?? {
    read: anyJson,
    limit: BODY_LIMIT,
  };
  read(req, res, error =>
    next(error === undefined ? error : inWords(error, limit)),
  );
};

const refusal = z.object({
  status: z.number(),
  errors: z.array(
    z.object({ path: z.string(), message: z.string().default('is wrong') }),
  ),
});

/** `/body/application/name` is about `application.name`. */
const fieldOf = (path = ''): string | undefined =>
  path.split('/').slice(2).join('.') || undefined;

/** The only pattern of the document asks for something that can be seen. */
const asSaid = (message: string): string =>
  message.startsWith('must match pattern')
    ? 'must not be only blanks'
    : message;

/** Backstage's own transformer keeps the message only, which does not say which field is one too many. */
const nameTheField: ErrorRequestHandler = (error, _req, _res, next) => {
  const { data } = refusal.safeParse(error);
  if (!data || data.status >= 500 || data.status === 404) {
    next(error);
    return;
  }
  const reasons = new Set(
    data.errors.map(({ path, message }) =>
      message.startsWith('must')
        ? `request${path} ${asSaid(message)}`
        : message,
    ),
  );
  next(
    refused(new InputError([...reasons].join('; ')), 'invalid', {
      field: fieldOf(data.errors[0]?.path),
    }),
  );
};

/**
 * Express takes more for a route than the document does: other methods, a `#` behind the path. What has not been
 * checked does not get to our routes.
 */
const onlyChecked: RequestHandler = (req, _res, next) => {
  next('openapi' in req ? undefined : 'router');
};

const DOCUMENT = '/openapi.json';

/** The document with the addresses that its paths have here; Backstage's tools ask for it there. */
const sendDocument: RequestHandler = (req, res) => {
  const base = req.originalUrl.split(DOCUMENT)[0];
  const paths = Object.entries(openapi.paths).map(([path, operations]) => [
    base + path,
    operations,
  ]);
  res.json({ ...openapi, paths: Object.fromEntries(paths) });
};

/**
 * The document with nothing in it about answers: only requests are checked here, and to prepare the rest takes a second
 * of each start. A copy, because the validator writes its own marks into it.
 */
const aboutRequests = (): OpenAPIV3.DocumentV3_1 =>
  JSON.parse(
    JSON.stringify(openapi, (name, value) =>
      name === 'responses' ? {} : value,
    ),
  );

/** What each resource adds its routes to. */
export type ApiRouter = OpenApiRouter<typeof openapi>;

export function createApiRouter(): ApiRouter {
  const router = PromiseRouter();
  router.get(DOCUMENT, sendDocument);
  router.use(
    readRequest,
    ...validator({
      apiSpec: aboutRequests(),
      // A test validates it.
      validateApiSpec: false,
      validateRequests: {
        coerceTypes: false,
        allowUnknownQueryParameters: false,
      },
      validateResponses: false,
      useRequestUrl: true,
      ignoreUndocumented: true,
    }),
    nameTheField,
    onlyChecked,
  );
  // The types of the document are the only difference between the two.
  return router as ApiRouter;
}
