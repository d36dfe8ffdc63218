import { TEST_PORTS, portsFrom } from '../../../scripts/lib/ports.mjs';
import { isLongRun } from './longRun';

/** Ports of the portal that the tests start. */
export const ports = portsFrom(TEST_PORTS, process.env, 'E2E_');

/** Whether a portal runs already, and is used as it is: handy while writing a test. */
export const isRunning = Boolean(process.env.E2E_PORTAL_RUNS);

/** Whether the app comes from the development server of packages/app, and not built as ./frontend.mjs serves it. */
export const isDevelopmentServer = isLongRun || isRunning;

/** Where its parts answer. */
export const urls = {
  frontend: `http://localhost:${ports.FRONTEND_PORT}`,
  backend: `http://localhost:${ports.BACKEND_PORT}`,
  gateway: `http://127.0.0.1:${ports.TYK_SANDBOX_GATEWAY_PORT}`,
  dashboard: `http://127.0.0.1:${ports.TYK_SANDBOX_DASHBOARD_PORT}`,
  control: `http://127.0.0.1:${ports.TYK_SANDBOX_CONTROL_PORT}`,
};

/** How a page is opened, whoever opens it. */
export const TAB = {
  baseURL: urls.frontend,
  viewport: { width: 1280, height: 800 },
  locale: 'en-GB',
  timezoneId: 'UTC',
};
