import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { demoProviderFactory } from './demoAuthenticator';
import {
  DEMO_PROVIDER_ID,
  refuseDemoSignInOutsideDevelopment,
} from './environment';

/** Adds the sign-in of the demo portal (`GET /api/auth/demo/refresh`), in development only. */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        refuseDemoSignInOutsideDevelopment(config);
        providers.registerProvider({
          providerId: DEMO_PROVIDER_ID,
          factory: demoProviderFactory,
        });
      },
    });
  },
});
