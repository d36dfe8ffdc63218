/** What a provider's numbers mean in words. */
import type {
  Provider,
  SyncItem,
  SyncRun,
} from 'backstage-plugin-api-products-common';
import type { StatusTone } from '../../shared';

/** A synchronisation without its items. */
export type SyncSummary = Omit<SyncRun, 'items'>;

/** How a provider does. */
type Health =
  | { word: 'up' | 'down' | 'unknown'; tone: StatusTone }
  | { word: 'downWith'; tone: StatusTone; message: string }
  | { word: 'warnings' | 'errors'; tone: StatusTone; count: number };

export function healthOf(provider: Provider): Health {
  if (provider.status === 'unknown') {
    return { word: 'unknown', tone: 'waiting' };
  }
  if (provider.status === 'down') {
    return provider.message
      ? { word: 'downWith', tone: 'error', message: provider.message }
      : { word: 'down', tone: 'error' };
  }
  const many = (status: 'error' | 'warning') =>
    provider.findings.filter(finding => finding.status === status).length;
  if (many('error') > 0) {
    return { word: 'errors', tone: 'error', count: many('error') };
  }
  return many('warning') > 0
    ? { word: 'warnings', tone: 'warning', count: many('warning') }
    : { word: 'up', tone: 'ok' };
}

export const SYNC_TONES: Record<SyncRun['status'], StatusTone> = {
  queued: 'waiting',
  running: 'waiting',
  succeeded: 'ok',
  'held-back': 'warning',
  failed: 'error',
};

/** Whether a synchronisation has not come to its end. */
export const isLive = ({ status }: Pick<SyncRun, 'status'>): boolean =>
  status === 'queued' || status === 'running';

/** In the order in which they matter. */
export const OUTCOMES: SyncItem['outcome'][] = [
  'held-back',
  'created',
  'restored',
  'renamed',
  'updated',
  'hidden',
  'ignored',
];

const REVOCATION = /^revocation is not safe here:?\s*/i;

/** Why revocation is not safe, without the sentence that the page says itself. */
export function revocationReason(provider: Provider): string | undefined {
  const message = provider.findings.find(
    ({ name }) => name === 'revocation',
  )?.message;
  return message?.replace(REVOCATION, '') || undefined;
}
