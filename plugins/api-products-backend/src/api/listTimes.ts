/** How long the pages of lists take, from the request to the answer. */
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { stopwatch } from '../lib/stopwatch';
import { openapi } from './openapi';

export interface ListCall {
  /** As openapi.yaml has it: `/providers/{id}/sync-runs`. */
  route: string;
  firstPage: boolean;
  status: number;
  seconds: number;
}

const CURSOR = '#/components/parameters/cursor';

const inPages = z.object({
  get: z.object({
    parameters: z.array(z.object({ $ref: z.string().optional() })),
  }),
});

/** Everything that is handed out in pages. */
export const LIST_ROUTES: ReadonlySet<string> = new Set(
  Object.entries(openapi.paths)
    .filter(([, path]) =>
      inPages
        .safeParse(path)
        .data?.get.parameters.some(({ $ref }) => $ref === CURSOR),
    )
    .map(([route]) => route),
);

/** What the check against the document leaves at a request. */
const matched = z.object({ openapi: z.object({ openApiRoute: z.string() }) });

/** Stands before the router, so that checking the request counts. */
export const timeLists =
  (onList: (call: ListCall) => void): RequestHandler =>
  (req, res, next) => {
    const seconds = stopwatch();
    res.on('finish', () => {
      const route = matched.safeParse(req).data?.openapi.openApiRoute;
      if (req.method === 'GET' && route && LIST_ROUTES.has(route)) {
        onList({
          route,
          firstPage: req.query.cursor === undefined,
          status: res.statusCode,
          seconds: seconds(),
        });
      }
    });
    next();
  };
