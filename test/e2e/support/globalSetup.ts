import { fileURLToPath } from 'node:url';
import { startPortal } from '../../../scripts/lib/portal.mjs';
import { ports } from './portal';

const DATA_DIR = fileURLToPath(new URL('../../../.data/e2e', import.meta.url));

/** Starts the demo portal anew, and hands back how to stop it. */
export default async function globalSetup() {
  // With this, a portal that runs already is used as it is: handy while writing a test.
  if (process.env.E2E_PORTAL_RUNS) {
    return async () => {};
  }
  const portal = await startPortal({
    ports,
    dataDir: DATA_DIR,
    // No hot reload: an edit elsewhere must not reload the page under test.
    env: { CI: 'true' },
  });
  return () => portal.stop();
}
