/**
 * Does it for all of them, so many at a time, in order of the results. The first failure ends it; what is under way
 * then is waited for, so that nothing runs on unseen.
 */
export async function concurrently<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results.set(index, await work(items[index]));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = Array.from(
    { length: Math.min(atOnce, items.length) },
    worker,
  );
  const ends = await Promise.allSettled(workers);
  for (const end of ends) {
    if (end.status === 'rejected') {
      throw end.reason;
    }
  }
  return [...results.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, result]) => result);
}
