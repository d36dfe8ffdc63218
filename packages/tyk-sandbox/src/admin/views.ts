/** Policies, sessions and APIs as the version of the gateway answers them. */
import type { Api } from '../apis/api';
import { isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { writePolicy } from '../model/policy';
import type { Policy } from '../model/policy';
import { writeSession } from '../model/session';
import type { Session } from '../model/session';
import type { Gateway } from '../state/gateway';
import { behaves, unknownFields } from '../versions';

export function sessionView(gateway: Gateway, session: Session): JsonObject {
  const { version } = gateway.settings;
  const view = writeSession(session, !behaves(version, 'zerosAreLeftOut'));
  return withoutNews(version, view);
}

export function policyView(gateway: Gateway, policy: Policy): JsonObject {
  const { version } = gateway.settings;
  const view = writePolicy(policy, !behaves(version, 'zerosAreLeftOut'));
  return withoutNews(version, view);
}

function withoutNews(version: string, view: JsonObject): JsonObject {
  return behaves(version, 'postExpiry')
    ? view
    : without(view, ['post_expiry_action', 'post_expiry_grace_period']);
}

export function definitionView(
  gateway: Gateway,
  { definition }: Api,
): JsonObject {
  const { version } = gateway.settings;
  return without(definition, unknownFields(version, 'definition'));
}

export function documentView(
  gateway: Gateway,
  document: JsonObject,
): JsonObject {
  const { version } = gateway.settings;
  return without(document, unknownFields(version, 'document'));
}

/** A copy without some fields, named by their paths; `*` stands for every name. */
function without(source: JsonObject, paths: string[]): JsonObject {
  if (paths.length === 0) return source;
  const copy = structuredClone(source);
  paths.forEach(path => removeAt(copy, path.split('/')));
  return copy;
}

function removeAt(value: JsonValue | undefined, path: string[]): void {
  if (!isJsonObject(value)) return;
  const [name, ...rest] = path;
  for (const field of name === '*' ? Object.keys(value) : [name]) {
    if (rest.length === 0) delete value[field];
    else removeAt(value[field], rest);
  }
}
