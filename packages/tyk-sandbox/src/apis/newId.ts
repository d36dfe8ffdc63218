import { randomUUID } from 'node:crypto';

/** An `api_id` as Tyk makes it: 32 hexadecimal characters. */
export function newApiId(): string {
  return randomUUID().replaceAll('-', '');
}
