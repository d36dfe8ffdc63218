/** Whether both have the same members, in whatever order. */
export const sameSet = (
  a: readonly string[],
  b: readonly string[],
): boolean => {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every(item => right.has(item));
};
