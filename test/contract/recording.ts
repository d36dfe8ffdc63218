import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from 'tyk-sandbox';

/** One request to a real gateway and its answer; see `recordings/README.md`. */
export interface Exchange {
  name: string;
  waitSeconds?: number;
  plane: 'admin' | 'data';
  request: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: JsonValue;
    text?: string;
  };
  response: {
    status: number;
    headers: Record<string, string>;
    body?: JsonValue;
    text?: string;
  };
  /** Name to JSON pointer into the body. */
  captures?: Record<string, string>;
  /** JSON pointers into the response. */
  volatile?: string[];
}

/** What was done to the installation between two exchanges. */
export interface RecordedEvent {
  event: string;
}

export interface Recording {
  scenario: string;
  about: string;
  gateway: string;
  /** Environment of the gateway, on top of the usual settings. */
  settings: Record<string, string>;
  exchanges: (Exchange | RecordedEvent)[];
}

export function readRecordings(
  version: string,
): { file: string; recording: Recording }[] {
  const folder = join(__dirname, 'recordings', version);
  return readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .sort()
    .map(file => ({
      file,
      recording: JSON.parse(readFileSync(join(folder, file), 'utf8')),
    }));
}

/** Puts the values captured so far for `{{name}}`, and unix times for `{{now+N}}`. */
export function fillIn<T extends JsonValue | undefined>(
  value: T,
  captured: Map<string, string>,
  nowSeconds: number,
): T {
  const filled = JSON.stringify(value)
    ?.replace(/"\{\{now([+-]\d+)\}\}"/g, (_all, offset: string) =>
      String(nowSeconds + Number(offset)),
    )
    .replace(/\{\{(\w+)\}\}/g, (all, name: string) => {
      const known = captured.get(name);
      return known === undefined ? all : JSON.stringify(known).slice(1, -1);
    });
  return filled === undefined ? value : JSON.parse(filled);
}

/** Fields of a form that stand for the client a token is asked for. */
const CLIENT = /\bclient_id=([^&]+)&client_secret=([^&]+)/;

/**
 * The request, with the client that its form names in its `Basic` header as well: in the recording, base64 hides that
 * client's id and secret, so they have no `{{name}}` there.
 */
export function withClient(request: Exchange['request']): Exchange['request'] {
  const { headers, text = '' } = request;
  const [, id, secret] = CLIENT.exec(text) ?? [];
  if (id === undefined || !headers.Authorization?.startsWith('Basic ')) {
    return request;
  }
  const pair = Buffer.from(`${id}:${secret}`, 'utf8').toString('base64');
  return {
    ...request,
    headers: { ...headers, Authorization: `Basic ${pair}` },
  };
}

/** The value a JSON pointer stands for. */
export function valueAt(document: JsonValue | undefined, pointer: string) {
  let value: JsonValue | undefined = document;
  for (const step of steps(pointer)) {
    value = child(value, step);
  }
  return value;
}

/** Blots out what the pointers stand for, where there is something: that it is there still counts. */
export function blotted(document: JsonValue, pointers: string[]): JsonValue {
  const copy = structuredClone(document);
  for (const pointer of pointers) {
    const path = steps(pointer);
    const last = path.pop() ?? '';
    let parent: JsonValue | undefined = copy;
    for (const step of path) parent = child(parent, step);
    const value = child(parent, last);
    if (value !== undefined && value !== null) {
      if (Array.isArray(parent)) parent[Number(last)] = '(varies)';
      else if (typeof parent === 'object' && parent) parent[last] = '(varies)';
    }
  }
  return copy;
}

function steps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function child(
  value: JsonValue | undefined,
  step: string,
): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return typeof value === 'object' && value !== null ? value[step] : undefined;
}
