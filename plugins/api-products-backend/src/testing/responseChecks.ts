/**
 * Fails each test during which the plugin answered otherwise than openapi.yaml says. Whoever imports this has its tests
 * checked; the backend needs the feature as well.
 */
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';
import { differenceOf, type Answered } from './responseCheck';

const differences: string[] = [];

afterEach(() => {
  const found = differences.splice(0);
  if (found.length > 0) {
    throw new Error(`Not as openapi.yaml says:\n${found.join('\n')}`);
  }
});

/** Remembers how an answer differs, for the end of the test. */
export function check(answered: Answered): void {
  const difference = differenceOf(answered);
  if (difference) {
    differences.push(difference);
  }
}

const checkResponse: RequestHandler = ({ method, url }, res, next) => {
  // Express would leave out what stands behind a `#`, though nothing is called so.
  const [path] = url.split('?');
  let body = '';
  const send = res.send.bind(res);
  res.send = sent => {
    if (typeof sent === 'string') {
      body = sent;
    }
    return send(sent);
  };
  res.on('finish', () => check({ method, path, status: res.statusCode, body }));
  next();
};

/** Checks what a backend with the plugin answers. */
export const responseChecks = createBackendModule({
  pluginId: 'api-products',
  moduleId: 'response-checks',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.use(checkResponse);
      },
    });
  },
});
