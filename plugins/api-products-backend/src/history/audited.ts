import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/**
 * Does something that changes state with an audit event around it: begun, then succeeded or failed.
 *
 * @param of - `eventId` in kebab case without the plugin's name; `meta` holds ids, never a secret or free text
 */
export async function audited<T>(
  auditor: AuditorService,
  of: Pick<AuditorServiceCreateEventOptions, 'eventId' | 'request' | 'meta'>,
  change: () => Promise<T>,
  madeOf?: (result: T) => AuditorServiceCreateEventOptions['meta'],
): Promise<T> {
  const event = await auditor.createEvent({ ...of, severityLevel: 'medium' });
  let result: T;
  try {
    result = await change();
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
  await event.success({ meta: madeOf?.(result) });
  return result;
}
