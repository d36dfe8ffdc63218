import type {
  Fault,
  FaultContext,
  FaultMatch,
  FaultView,
  Faults,
} from './types';

interface Entry {
  id: string;
  fault: Fault;
  when: 'before' | 'after';
  skip: number;
  times: number | undefined;
  struck: number;
}

/** The faults that are set, and the counting of when each strikes. */
export class FaultRegistry implements Faults {
  #entries: Entry[] = [];
  #last = 0;

  add(fault: Fault): string {
    this.#last += 1;
    const id = `fault-${this.#last}`;
    this.#entries.push({
      id,
      fault,
      when: stage(fault),
      skip: fault.skip ?? 0,
      times: fault.times,
      struck: 0,
    });
    return id;
  }

  remove(id: string): boolean {
    const left = this.#entries.filter(entry => entry.id !== id);
    const found = left.length < this.#entries.length;
    this.#entries = left;
    return found;
  }

  clear(): void {
    this.#entries = [];
  }

  list(): FaultView[] {
    return this.#entries.map(({ fault, ...entry }) => ({
      ...entry,
      kind: kindOf(fault),
      match: {
        ...fault.match,
        path: fault.match?.path && patternOf(fault.match.path).source,
      },
    }));
  }

  /** Faults that strike this request now, counted one by one as they are taken. */
  *strike(context: FaultContext, when: 'before' | 'after'): Generator<Fault> {
    for (const entry of [...this.#entries]) {
      if (entry.when === when && matches(entry.fault, context)) {
        if (entry.skip > 0) {
          entry.skip -= 1;
        } else if (this.#entries.includes(entry)) {
          this.#count(entry);
          yield entry.fault;
        }
      }
    }
  }

  #count(entry: Entry): void {
    entry.struck += 1;
    if (entry.times === undefined) return;
    entry.times -= 1;
    if (entry.times <= 0) this.remove(entry.id);
  }
}

function kindOf(fault: Fault): FaultView['kind'] {
  return 'run' in fault ? 'hook' : fault.kind;
}

/** Some effects only make sense at one stage. */
function stage(fault: Fault): 'before' | 'after' {
  const kind = kindOf(fault);
  if (kind === 'late-reload') return 'before';
  if (kind === 'half-json' || kind === 'wrong-json') return 'after';
  return fault.when ?? 'before';
}

/** A Dashboard has the gateway reloaded by whatever it writes. */
function asksToReload({ plane, path, method }: FaultContext): boolean {
  return plane === 'dashboard'
    ? method !== 'GET'
    : path.startsWith('/tyk/reload');
}

function patternOf(path: string | RegExp): RegExp {
  return typeof path === 'string' ? new RegExp(path) : new RegExp(path.source);
}

function matches(fault: Fault, context: FaultContext): boolean {
  const { plane, method, path }: FaultMatch = fault.match ?? {};
  if (plane && plane !== context.plane) return false;
  if (method && method.toUpperCase() !== context.method) return false;
  if (path !== undefined && !patternOf(path).test(context.path)) return false;
  return kindOf(fault) !== 'late-reload' || asksToReload(context);
}
