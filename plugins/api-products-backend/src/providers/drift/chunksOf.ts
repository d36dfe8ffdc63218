const SIZE = 500;

/** Many ids in questions of a bounded size. */
export function* chunksOf(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += SIZE) {
    yield ids.slice(at, at + SIZE);
  }
}
