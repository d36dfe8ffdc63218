/** What only a sandbox can be given: other settings, for a while. */
import type { SandboxSettings } from 'tyk-sandbox';
import type { Target } from './Target';

/** Changes settings of the target's sandbox, and changes them back whatever happens. */
export async function withSettings(
  { sandbox }: Target,
  settings: Partial<SandboxSettings>,
  use: () => Promise<void>,
): Promise<void> {
  if (!sandbox) throw new Error('A real Tyk keeps its settings');
  const before = { ...sandbox.settings };
  sandbox.setSettings(settings);
  try {
    await use();
  } finally {
    sandbox.setSettings(before);
  }
}
