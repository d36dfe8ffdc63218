/**
 * Lists are the heaviest calls of a Tyk. A piece of work that asks for the same list twice at the same time, as a
 * synchronisation does, gets one answer for both.
 *
 * Only calls with the same signal share one: it stands for the piece of work. Who has just changed something must not
 * get an answer that was asked for before, and who gives up must not take somebody else's call with them.
 */
export function sharedWithin<T>(
  call: (signal: AbortSignal | undefined) => Promise<T>,
): (signal: AbortSignal | undefined) => Promise<T> {
  const underWay = new WeakMap<AbortSignal, Promise<T>>();
  return signal => {
    if (!signal) return call(signal);
    const shared =
      underWay.get(signal) ??
      call(signal).finally(() => underWay.delete(signal));
    underWay.set(signal, shared);
    return shared;
  };
}
