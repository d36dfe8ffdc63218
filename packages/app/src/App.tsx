import { createApp } from '@backstage/frontend-defaults';
import {
  createFrontendModule,
  type ExtensionDefinition,
} from '@backstage/frontend-plugin-api';
import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';
import userSettingsStorage from '@backstage/plugin-app-module-user-settings';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import catalogGraphPlugin from '@backstage/plugin-catalog-graph/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import apiProductsPlugin from 'backstage-plugin-api-products';
import { navContent } from './nav/navContent';

/**
 * The portal. What it changes in the app itself is who signs in how, and what stands in the sidebar.
 */
export const createPortal = (signInPage: ExtensionDefinition) =>
  createApp({
    features: [
      createFrontendModule({
        pluginId: 'app',
        extensions: [signInPage, navContent],
      }),
      apiDocsPlugin,
      apiProductsPlugin,
      catalogPlugin,
      catalogGraphPlugin,
      notificationsPlugin,
      orgPlugin,
      signalsPlugin,
      userSettingsPlugin,
      userSettingsStorage,
    ],
  });
