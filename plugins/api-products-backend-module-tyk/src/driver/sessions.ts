import type { JsonObject } from '@backstage/types';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { KeyName } from '../control/TykControl';
import { sessionSchema } from '../model/sessions';
import type { TykSession } from '../model/sessions';
import type { DriverContext } from './context';

/** A key as Tyk has it, and what of it we understand. */
export interface FoundSession {
  raw: JsonObject;
  session: TykSession;
}

/**
 * The key with its policies applied, or undefined where there is none.
 *
 * @throws ProviderUnavailableError for an answer that is no session
 */
export async function readSession(
  { id, control }: DriverContext,
  name: KeyName,
  signal?: AbortSignal,
): Promise<FoundSession | undefined> {
  const raw = await control.readKey(name, signal);
  if (raw === undefined) return undefined;
  const parsed = sessionSchema.safeParse(raw);
  if (!parsed.success) {
    throw new ProviderUnavailableError(
      `${id}: read key failed: the answer is not what Tyk answers`,
    );
  }
  return { raw, session: parsed.data };
}
