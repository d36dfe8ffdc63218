/** In order, so many at a time: databases take only so many parameters in one statement. */
export function* chunksOf<T>(items: readonly T[], size: number) {
  for (let i = 0; i < items.length; i += size) {
    yield items.slice(i, i + size);
  }
}
