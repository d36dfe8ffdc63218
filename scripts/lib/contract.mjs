/**
 * Which real Tyk the contract suite is to run against, from the environment. The suite reads it the same way, see
 * `test/contract/suite/live.ts`.
 */

const GATEWAY = ['TYK_GATEWAY_URL', 'TYK_GATEWAY_SECRET', 'TYK_GATEWAY_ORG'];
const DASHBOARD = ['TYK_DASHBOARD_URL', 'TYK_DASHBOARD_KEY', 'TYK_GATEWAY_URL'];

const HOW = `Name a Tyk that may be used for tests, and run it again:

  an open-source Gateway    ${GATEWAY.join(', ')}
  a Dashboard               ${DASHBOARD.join(', ')}

Everything is made under a prefix of its own and taken away at the end. test/contract/README.md says how to start an
open-source Gateway for it. Against the sandbox alone, the suite runs with "npm test".`;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} what to set; undefined where all is set for one of them
 */
export function adviceFor(env) {
  const missing = names => names.filter(name => !env[name]);
  if ([GATEWAY, DASHBOARD].some(names => missing(names).length === 0)) {
    return undefined;
  }
  const begun = [GATEWAY, DASHBOARD].filter(names => env[names[0]]);
  const lines = begun.map(
    names => `${names[0]} is set, but ${missing(names).join(' and ')} is not.`,
  );
  return [...lines, ...(lines.length > 0 ? [''] : []), HOW].join('\n');
}
