import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  createReadTextPlaceholder,
  foldersOfLocalLocations,
} from './readTextPlaceholder';

/** Lets the entities in `examples/` take texts and API definitions from files beside them. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'local-texts',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        catalog: catalogProcessingExtensionPoint,
      },
      async init({ config, catalog }) {
        const folders = foldersOfLocalLocations(config);
        catalog.addPlaceholderResolver(
          'text',
          createReadTextPlaceholder(folders),
        );
      },
    });
  },
});
