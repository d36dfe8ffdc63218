import type { CallRecord } from '../types';

const KEPT = 10_000;

/** The requests so far. */
export class CallLog {
  #records: CallRecord[] = [];

  /** @returns the record, whose status is filled in later */
  add(call: Omit<CallRecord, 'status'>): CallRecord {
    const record = { ...call, status: undefined, path: redact(call.path) };
    this.#records.push(record);
    if (this.#records.length > KEPT) this.#records.shift();
    return record;
  }

  list(): CallRecord[] {
    return this.#records.map(record => ({ ...record }));
  }

  clear(): void {
    this.#records = [];
  }
}

const KEY_PATH =
  /^(\/tyk\/keys\/|\/api\/keys\/|\/api\/apis\/[^/]+\/keys\/)(?!(?:create|preview|detailed|search)$|policy\/)(.+)$/;
/** As long as the longest hash; what is hexadecimal and of a hash's length may stay. */
const HASH = /^([0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{64})$/;

/** Leaves no usable key in a path. */
function redact(path: string): string {
  return path.replace(KEY_PATH, (_all, start: string, key: string) =>
    HASH.test(key) ? start + key : `${start}${key.slice(0, 4)}…`,
  );
}
