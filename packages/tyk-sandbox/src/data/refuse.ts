import { jsonReply } from '../http/message';
import type { Reply } from '../http/message';

export const NO_ACCESS = 'Access to this API has been disallowed';

/** A refusal of the data plane, in the words of the gateway. */
export function refuse(
  status: number,
  error: string,
  headers: Record<string, string> = {},
): Reply {
  const reply = jsonReply(status, { error });
  return {
    ...reply,
    headers: { ...reply.headers, 'x-generator': 'tyk.io', ...headers },
  };
}
