/** Gateways that keep keys in different ways, and what is known of taking keys away there. */
import type { SandboxSettings } from 'tyk-sandbox';
import { createTarget } from './createTarget';
import { onTheWall } from './live';
import { startSandboxTarget } from './sandboxTarget';
import type { Target } from './Target';

/** How a consumer signs in. */
export type Presented = 'token' | 'bare value' | 'basic auth';

export const PRESENTED: Presented[] = ['token', 'bare value', 'basic auth'];

export type Mode = 'verify' | 'marker';

export const MODES: Mode[] = ['verify', 'marker'];

interface Setting {
  label: string;
  sandbox: Partial<SandboxSettings>;
  /** As it was measured with a key that is called ten times a second and deleted without a marker. */
  refused: Record<Presented, 'at once' | 'never' | 'no key'>;
}

const ALWAYS_BARE = { 'bare value': 'never', 'basic auth': 'never' } as const;
const NEVER = { token: 'never', ...ALWAYS_BARE } as const;

/** The rows of the table, by labels that `TYK_GATEWAYS` uses as well. */
const SETTINGS: Setting[] = [
  {
    label: 'hash_keys: false',
    sandbox: { hashKeys: false },
    // The driver makes no tokens there: they could only be named by their secret.
    refused: {
      token: 'no key',
      'bare value': 'no key',
      'basic auth': 'never',
    },
  },
  {
    // The same as murmur32.
    label: 'no hash_key_function',
    sandbox: { hashKeyFunction: undefined },
    refused: NEVER,
  },
  {
    label: 'murmur64',
    sandbox: { hashKeyFunction: 'murmur64' },
    refused: { token: 'at once', ...ALWAYS_BARE },
  },
  {
    label: 'murmur128',
    sandbox: { hashKeyFunction: 'murmur128' },
    refused: NEVER,
  },
  { label: 'sha256', sandbox: { hashKeyFunction: 'sha256' }, refused: NEVER },
  {
    label: 'murmur128, session cache off',
    sandbox: {
      hashKeyFunction: 'murmur128',
      disableCachedSessionState: true,
    },
    refused: {
      token: 'at once',
      'bare value': 'at once',
      'basic auth': 'at once',
    },
  },
];

export interface GatewayUnderTest extends Setting {
  target: Target;
}

interface Fleet {
  name: string;
  start(): Promise<GatewayUnderTest[]>;
}

const sandboxes: Fleet = {
  name: 'sandbox',
  start: () =>
    Promise.all(
      SETTINGS.map(async setting => ({
        ...setting,
        target: await startSandboxTarget('gateway', {
          settings: setting.sandbox,
          reloadDelayMs: 0,
        }),
      })),
    ),
};

/** `url|secret|organisation|label`, several with `;` between. */
function fromEnvironment(text: string): Fleet {
  const entries = text.split(';').map(entry => {
    const [url, secret, organisation, label] = entry.trim().split('|');
    const setting = SETTINGS.find(item => item.label === label);
    if (!url || !secret || !organisation || !setting) {
      throw new Error(
        `TYK_GATEWAYS: an entry is url|secret|organisation|label, the label one of ${SETTINGS.map(
          item => item.label,
        ).join(' · ')}`,
      );
    }
    return { url, secret, organisation, setting };
  });
  return {
    name: 'real',
    start: () =>
      Promise.all(
        entries.map(async ({ url, secret, organisation, setting }) => ({
          ...setting,
          target: await createTarget({
            ...onTheWall,
            name: setting.label,
            mode: 'gateway',
            url,
            token: secret,
            gatewayUrl: url,
            organisation,
          }),
        })),
      ),
  };
}

/** Sandboxes always; real ones where the environment names them. */
export function fleets(
  environment: Record<string, string | undefined>,
): Fleet[] {
  const { TYK_GATEWAYS: named } = environment;
  return named ? [sandboxes, fromEnvironment(named)] : [sandboxes];
}
