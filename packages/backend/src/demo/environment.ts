import type { Config } from '@backstage/config';

/** The provider of the demo portal, as it is named in `auth.providers`. */
export const DEMO_PROVIDER_ID = 'demo';

/** `backstage-cli package start` sets the first, jest the second. Anything else counts as production. */
const ENVIRONMENTS_WITH_DEMO_SIGN_IN = ['development', 'test'];

/**
 * The demo sign-in believes whoever says a name. It is therefore not enough that production does not
 * configure it: a backend that could offer it does not start.
 *
 * @throws Error that says what to remove, unless this is a development environment
 */
export function refuseDemoSignInOutsideDevelopment(
  config: Config,
  nodeEnv: string | undefined = process.env.NODE_ENV,
): void {
  if (nodeEnv && ENVIRONMENTS_WITH_DEMO_SIGN_IN.includes(nodeEnv)) {
    return;
  }
  const where = nodeEnv ? `NODE_ENV is '${nodeEnv}'` : 'NODE_ENV is not set';
  const what = config.has(`auth.providers.${DEMO_PROVIDER_ID}`)
    ? `auth.providers.${DEMO_PROVIDER_ID} is configured`
    : 'its module is loaded';
  throw new Error(
    `The demo sign-in lets anyone be anyone and exists for development only, but ${where} and ${what}. ` +
      `Remove auth.providers.${DEMO_PROVIDER_ID} from the configuration and the demo module from the backend, ` +
      `or start with NODE_ENV=development.`,
  );
}
