/** Begins to measure. @returns how many seconds have passed since, whatever became of the clock meanwhile */
export function stopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}
