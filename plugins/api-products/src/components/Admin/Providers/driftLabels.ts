/** What a difference is and what will be done about it, in words. */
import type { JsonValue } from '@backstage/types';
import {
  formatDuration,
  formatNumber,
  formatQuotaPeriod,
  formatRateLimit,
  type DriftAction,
  type DriftItem,
} from 'backstage-plugin-api-products-common';
import type { StatusTone } from '../../shared';

export const DRIFT_TONES: Record<DriftItem['status'], StatusTone> = {
  open: 'warning',
  repairing: 'waiting',
  repaired: 'ok',
  ignored: 'ended',
  gone: 'ended',
};

const DURATION = /^P(?!$)[0-9YMWDTHS.]+$/;

function fieldText(name: string, value: JsonValue | undefined): string {
  return value === undefined ? '' : `${name}: ${valueText(value)}`;
}

/** A value of one side as people read it; what has no better form is shown as JSON. */
export function valueText(value: JsonValue): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value === 'number') {
    return formatNumber(value);
  }
  if (typeof value === 'string') {
    // An empty text would look like nothing at all.
    return DURATION.test(value) ? formatDuration(value) : value || '“”';
  }
  if (typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return value.map(valueText).join(', ') || '[]';
  }
  const { requests, per, ...others } = value;
  if (typeof requests === 'number' && Object.keys(others).length === 0) {
    if (typeof per === 'number') {
      return formatRateLimit({ requests, per });
    }
    if (typeof per === 'string') {
      return `${formatNumber(requests)} per ${formatQuotaPeriod(per)}`;
    }
  }
  return Object.entries(value)
    .map(([name, inner]) => fieldText(name, inner))
    .filter(Boolean)
    .join(' · ');
}

const PUSH = {
  missing: 'pushMissing',
  unknown: 'pushUnknown',
  revived: 'pushRevived',
  orphaned: 'pushOrphaned',
} as const;

/** The sentence that says what an action will do to an item. */
export function willDo(item: DriftItem, action: DriftAction) {
  if (action === 'ignore') {
    return 'ignore' as const;
  }
  if (action === 'take-theirs') {
    const kinds = { missing: 'takeMissing', expiry: 'takeExpiry' } as const;
    return item.kind === 'missing' || item.kind === 'expiry'
      ? kinds[item.kind]
      : ('take' as const);
  }
  if (item.kind === 'missing' && item.subject.kind === 'credential') {
    return 'pushLostKey' as const;
  }
  switch (item.kind) {
    case 'missing':
    case 'unknown':
    case 'revived':
    case 'orphaned':
      return PUSH[item.kind];
    default:
      return 'push' as const;
  }
}
