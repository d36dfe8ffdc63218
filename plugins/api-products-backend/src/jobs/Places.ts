/** How many jobs may run at the same time in each lane of this backend, and how many do. */
import type { Lane } from './lanes';

export class Places {
  readonly #lanes: ReadonlyMap<Lane, number>;
  readonly #taken = new Map<Lane, number>();

  /** @param lanes - so many in each */
  static create(lanes: ReadonlyMap<Lane, number>): Places {
    return new Places(lanes);
  }

  private constructor(lanes: ReadonlyMap<Lane, number>) {
    this.#lanes = lanes;
  }

  /** The lanes that have room. */
  free(): Map<Lane, number> {
    return new Map(
      [...this.#lanes]
        .map(([lane, places]): [Lane, number] => [
          lane,
          places - this.#takenIn(lane),
        ])
        .filter(([, places]) => places > 0),
    );
  }

  /** In lanes that are not named here. */
  takenElsewhere(): number {
    return [...this.#taken]
      .filter(([lane]) => !this.#lanes.has(lane))
      .reduce((sum, [, places]) => sum + places, 0);
  }

  /** @returns gives them back; once, however often it is called */
  take(lane: Lane, places = 1): () => void {
    let held = places;
    this.#taken.set(lane, this.#takenIn(lane) + held);
    return () => {
      this.#taken.set(lane, this.#takenIn(lane) - held);
      held = 0;
    };
  }

  #takenIn(lane: Lane): number {
    return this.#taken.get(lane) ?? 0;
  }
}
