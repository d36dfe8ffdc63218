import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import { readTykProviders } from './config';
import { createDashboardProvider } from './dashboard/createDashboardProvider';
import { createGatewayProvider } from './gateway/createGatewayProvider';
import type { TykOAuthClients } from './oauth/TykOAuthClients';
import type { TykScopes } from './scopes/TykScopes';

/** One installation of Tyk. @public */
export interface TykInstallation extends ApiProvider {
  /** Scopes of JSON web tokens. */
  readonly scopes: TykScopes;
  /** Clients of Tyk's own authorisation server. */
  readonly oauthClients: TykOAuthClients;
  /** Closes idle connections. */
  close(): Promise<void>;
}

/**
 * Every `tyk-gateway` and `tyk-dashboard` of `apiProducts.providers`, for who wants to call Tyk without a backend: a
 * script, or a test against an installation of their own.
 *
 * @param options - `config` is the whole configuration of the app; `now` is the clock in milliseconds since the epoch,
 *   the system's if left out
 * @throws Error that names the key which is missing or wrong
 * @public
 */
export function createTykProviders(options: {
  config: Config;
  logger: LoggerService;
  now?: () => number;
}): TykInstallation[] {
  const { config, logger, now } = options;
  const entries = readTykProviders(config, message => logger.warn(message));
  return entries.map(entry => {
    if (entry.tls?.rejectUnauthorized === false) {
      logger.warn(
        `${entry.id}: the certificate of this Tyk is not verified (tls.rejectUnauthorized is false)`,
      );
    }
    const common = {
      logger: logger.child({ provider: entry.id }),
      timing: now ? { now } : {},
    };
    return entry.type === 'tyk-gateway'
      ? createGatewayProvider({ config: entry, ...common })
      : createDashboardProvider({ config: entry, ...common });
  });
}
