import { isFree } from './http.mjs';

/**
 * @typedef {object} Ports
 * @property {number} FRONTEND_PORT
 * @property {number} BACKEND_PORT
 * @property {number} TYK_SANDBOX_GATEWAY_PORT   Gateway API and proxied APIs
 * @property {number} TYK_SANDBOX_DASHBOARD_PORT Dashboard API
 * @property {number} TYK_SANDBOX_CONTROL_PORT
 */

/** Those of the demo portal; each can be set by the environment variable of its name. */
export const DEMO_PORTS = Object.freeze({
  FRONTEND_PORT: 3000,
  BACKEND_PORT: 7007,
  TYK_SANDBOX_GATEWAY_PORT: 8181,
  TYK_SANDBOX_DASHBOARD_PORT: 8182,
  TYK_SANDBOX_CONTROL_PORT: 8183,
});

/** Those of the end-to-end tests, so that they run beside somebody's demo portal. */
export const TEST_PORTS = Object.freeze({
  FRONTEND_PORT: 13000,
  BACKEND_PORT: 17007,
  TYK_SANDBOX_GATEWAY_PORT: 18181,
  TYK_SANDBOX_DASHBOARD_PORT: 18182,
  TYK_SANDBOX_CONTROL_PORT: 18183,
});

/**
 * @param {Ports} defaults
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [prefix] of the variables
 * @returns {Ports}
 */
export function portsFrom(defaults, env, prefix = '') {
  const ports = { ...defaults };
  for (const [name, fallback] of Object.entries(defaults)) {
    const text = env[prefix + name] || String(fallback);
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new Error(`${prefix}${name} is not a port: ${text}`);
    }
    ports[name] = port;
  }
  return ports;
}

/**
 * @param {Ports} ports
 * @throws Error that names each port in use and the variable that changes it
 */
export async function requireFreePorts(ports) {
  const taken = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) taken.push(`${port} (set ${name} to change it)`);
  }
  if (taken.length > 0) {
    throw new Error(`Something else listens on port ${taken.join(', ')}`);
  }
}
