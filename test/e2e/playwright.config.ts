/**
 * End-to-end tests in a Chromium that is installed here, against a demo portal of their own: other ports
 * (each can be set as E2E_<name of the port>), and data that starts empty.
 */
import { defineConfig } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { isDevelopmentServer, TAB } from './support/portal';

export default defineConfig({
  testDir: '.',
  // Pictures need a portal in which nothing else has happened, and are no tests.
  testMatch:
    process.env.UPDATE_SCREENSHOTS === '1'
      ? '**/*.pictures.ts'
      : '**/*.spec.ts',
  outputDir: '../../test-results',
  globalSetup: './support/globalSetup',
  // One portal, one gateway, one database: people in one test are the same people in the next.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Generous: a page takes its time on a machine with other things to do, and far more from the development server.
  timeout: isDevelopmentServer ? 300_000 : 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    ...TAB,
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Without a film of it, which costs as much as the test.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: findChromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
