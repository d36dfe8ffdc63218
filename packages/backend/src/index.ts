import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./demo/authModuleDemoProvider'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./demo/permissionModuleDemoPolicy'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('backstage-plugin-catalog-backend-module-api-products'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('backstage-plugin-api-products-backend'));
backend.add(import('backstage-plugin-api-products-backend-module-tyk'));

backend.start();
