/**
 * The app as it runs in production, but for its sign-in (../app): built, then served as files that a browser keeps. A
 * page of the development server takes some forty megabytes of scripts, which a browser compiles for longer than most
 * tests take.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import express from 'express';
import { BACKSTAGE_CLI, inRoot } from '../../../scripts/lib/paths.mjs';

const app = inRoot('test', 'e2e', 'app');
execFileSync(process.execPath, [BACKSTAGE_CLI, 'package', 'build'], {
  cwd: app,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
});

const dist = join(app, 'dist');
express()
  .use(
    // The names of scripts change with what is in them.
    '/static',
    express.static(join(dist, 'static'), { immutable: true, maxAge: '1d' }),
  )
  .use(express.static(dist))
  // Every page is the app's.
  .use((_request, response) => response.sendFile(join(dist, 'index.html')))
  .listen(Number(process.env.FRONTEND_PORT));
