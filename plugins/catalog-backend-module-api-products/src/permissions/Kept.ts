/** Answers that are asked for all the time and may be a few seconds old: read once in a while, by one for all who ask. */
export class Kept<T> {
  readonly #keepMs: number;
  readonly #atMost: number;
  readonly #known = new Map<string, { until: number; answer: Promise<T> }>();

  static create<T>(options: { keepMs: number; atMost?: number }): Kept<T> {
    return new Kept(options);
  }

  private constructor({
    keepMs,
    atMost = 1_000,
  }: {
    keepMs: number;
    atMost?: number;
  }) {
    this.#keepMs = keepMs;
    this.#atMost = atMost;
  }

  /** @throws what `read` throws, which is not kept: the next question reads again */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known && Date.now() < known.until) {
      return known.answer;
    }
    if (this.#known.size >= this.#atMost) {
      this.#known.clear();
    }
    const mine = { until: Date.now() + this.#keepMs, answer: read() };
    this.#known.set(key, mine);
    mine.answer.catch(() => {
      if (this.#known.get(key) === mine) {
        this.#known.delete(key);
      }
    });
    return mine.answer;
  }
}
