/**
 * The entry of a backend that a test starts as a process of its own, so that it can be killed: the plugin with the Tyk
 * module on a real database, a catalog that is always the same, and people who say themselves who they are.
 *
 * It loads the code and waits for its parent to send `{ start: <configuration>, clockOffset }`; later
 * `{ advance: milliseconds }` moves its clock.
 */
import { createBackend } from '@backstage/backend-defaults';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { z } from 'zod';
import { apiProductsPlugin } from 'backstage-plugin-api-products-backend';
import { apiProductsModuleTyk } from 'backstage-plugin-api-products-backend-module-tyk';
import { entities } from './entities';
import { personEntities } from './people';

const started = z.object({
  start: z.record(z.string(), z.json()),
  clockOffset: z.number(),
});
const advanced = z.object({ advance: z.number() });

let offset = 0;
const realNow = Date.now.bind(Date);
Date.now = () => realNow() + offset;

// The tests are gone: nobody would stop it.
process.on('disconnect', () => process.exit(1));

/** Notifications end up on the output, where the test looks for secrets. */
const notifications = createServiceFactory({
  service: notificationService,
  deps: { logger: coreServices.logger },
  factory: ({ logger }) => ({
    async send(notification) {
      logger.info(`Notification ${JSON.stringify(notification)}`);
    },
  }),
});

/** Backstage's own first compiles the configuration schemas of all packages, which takes longer than all the rest. */
const rootLogger = createServiceFactory({
  service: coreServices.rootLogger,
  deps: {},
  factory: () => WinstonLogger.create({ level: 'debug' }),
});

async function start(data: z.infer<typeof started>['start']) {
  const backend = createBackend();
  backend.add(mockServices.rootConfig.factory({ data }));
  backend.add(rootLogger);
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(mockServices.permissions.factory());
  backend.add(notifications);
  backend.add(
    catalogServiceMock.factory({ entities: [...entities, ...personEntities] }),
  );
  backend.add(apiProductsPlugin);
  backend.add(apiProductsModuleTyk);
  await backend.start();
  process.send?.('started');
}

process.on('message', async sent => {
  const order = started.safeParse(sent).data;
  if (order) {
    offset = order.clockOffset;
    await start(order.start).catch(() => process.exit(1));
  } else {
    offset += advanced.parse(sent).advance;
  }
});
process.send?.('loaded');
