/**
 * `X-RateLimit-*` of a served call. In spite of their names they tell the quota, unless
 * `rate_limit.rate_limit_response_headers` (from 5.13 on) is `rate_limits`; only then they come with a 429, too.
 */

/** What is left of a consumer's quota. @public */
export interface TykQuota {
  /** Calls in a period. */
  limit: number | 'unlimited';
  /** Absent where it is unlimited. */
  remaining?: number;
  /** Epoch seconds; absent where it is unlimited or never renews. */
  renewsAt?: number;
}

function numberIn(text: string | null): number | undefined {
  return text !== null && /^-?\d+$/.test(text.trim())
    ? Number(text)
    : undefined;
}

/**
 * The quota that the answer to a served call tells.
 *
 * @returns undefined where it tells none: refused calls, and gateways that send the rate or nothing
 * @public
 */
export function readTykQuota({
  status,
  headers,
}: {
  status: number;
  headers: { get(name: string): string | null };
}): TykQuota | undefined {
  const limit = numberIn(headers.get('x-ratelimit-limit'));
  if (status === 429 || limit === undefined) return undefined;
  // -1 for unlimited, 0 for a session that no plan has given any.
  if (limit <= 0) return { limit: 'unlimited' };
  const remaining = numberIn(headers.get('x-ratelimit-remaining'));
  const renewsAt = numberIn(headers.get('x-ratelimit-reset'));
  return {
    limit,
    ...(remaining !== undefined && { remaining: Math.max(0, remaining) }),
    ...(renewsAt !== undefined && renewsAt > 0 && { renewsAt }),
  };
}
