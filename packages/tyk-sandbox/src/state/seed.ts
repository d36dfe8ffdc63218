import { completeDefinition } from '../apis/classic';
import { documentId, fromDocument } from '../apis/oas';
import { toJson } from '../json';
import type { JsonObject } from '../json';
import { readPolicy } from '../model/policy';
import type { Policy, PolicyInput } from '../model/policy';
import type { SandboxSeed } from '../types';
import { load } from './gateway';
import type { Gateway } from './gateway';

export function policyFrom(input: PolicyInput, orgId: string): Policy {
  return readPolicy({ org_id: orgId, ...toJson(input) });
}

/** Puts a classic API on disk. */
export function plantApi(
  gateway: Gateway,
  api: JsonObject,
  orgId: string,
): void {
  const definition = completeDefinition({ org_id: orgId, ...api });
  gateway.files.apis.set(String(definition.api_id), { definition });
}

/** Puts the seed on disk and loads it, as at the start of a gateway. */
export function plant(
  gateway: Gateway,
  { apis = [], oas = [], policies = [] }: SandboxSeed,
  orgId: string,
): void {
  for (const api of apis) plantApi(gateway, api, orgId);
  for (const document of oas) {
    const id = documentId(document);
    const file = fromDocument(document, gateway.url, id);
    file.definition.org_id ||= orgId;
    gateway.files.apis.set(id, file);
  }
  for (const policy of policies) {
    const read = policyFrom(policy, orgId);
    gateway.files.policies.set(policy.id, read);
    // At the start there are policies in any case: without a path, from a single file.
    gateway.loaded.policies.set(policy.id, read);
  }
  load(gateway);
}
