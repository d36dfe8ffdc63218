import { fileURLToPath } from 'node:url';
import { startPortal } from '../../../scripts/lib/portal.mjs';
import { isDevelopmentServer, isRunning, ports } from './portal';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Starts the demo portal anew, and hands back how to stop it. */
export default async function globalSetup() {
  if (isRunning) return async () => {};
  const portal = await startPortal({
    ports,
    dataDir: here('../../../.data/e2e'),
    frontend: isDevelopmentServer ? undefined : here('./frontend.mjs'),
    // No hot reload: an edit elsewhere must not reload the page under test.
    env: { CI: 'true' },
  });
  return () => portal.stop();
}
