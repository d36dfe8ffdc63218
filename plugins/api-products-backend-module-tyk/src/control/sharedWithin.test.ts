import { sharedWithin } from './sharedWithin';

function counted() {
  const seen: (AbortSignal | undefined)[] = [];
  const call = sharedWithin(async signal => seen.push(signal));
  return { call, seen };
}

it('is one call for who asks twice at the same time', async () => {
  const { call, seen } = counted();
  const { signal } = new AbortController();
  expect(await Promise.all([call(signal), call(signal)])).toEqual([1, 1]);
  expect(await call(signal)).toBe(2);
  expect(seen).toEqual([signal, signal]);
});

it('is a call each for different pieces of work, and for who names none', async () => {
  const { call, seen } = counted();
  const signals = [new AbortController().signal, new AbortController().signal];
  await Promise.all([...signals, undefined, undefined].map(call));
  expect(seen).toHaveLength(4);
});

it('fails for all, and is made anew afterwards', async () => {
  let failing = true;
  const call = sharedWithin(async () => {
    if (failing) throw new Error('down');
    return 'up';
  });
  const { signal } = new AbortController();
  await expect(call(signal)).rejects.toThrow('down');
  failing = false;
  expect(await call(signal)).toBe('up');
});
