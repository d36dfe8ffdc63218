/**
 * Policies of the Dashboard and of the gateway kept in step. The Dashboard publishes its policies to the gateway,
 * which loads them some time later. What came to the gateway in another way (seed, Gateway API, a test) is taken over.
 */
import { asText } from '../../json';
import type { JsonObject } from '../../json';
import { readPolicy, writePolicy } from '../../model/policy';
import type { Policy } from '../../model/policy';
import { scheduleLoad } from '../../state/gateway';
import { databaseIdOf, isDatabaseId, timeOf } from '../state';
import type { Dashboard, PolicyRecord } from '../state';
import { behaves } from '../versions';
import { completePolicy } from './document';

/** Takes over what has changed at the gateway since the last request. */
export function catchUp(dashboard: Dashboard): void {
  const { policies, gateway, orgId } = dashboard;
  const known = new Set<string>();
  for (const record of policies.values()) {
    const file = gateway.files.policies.get(record.reference);
    if (file && file !== record.published) takeOver(dashboard, record, file);
    if (!file && record.published) policies.delete(record.databaseId);
    known.add(record.reference);
  }
  for (const [reference, file] of gateway.files.policies) {
    if (!known.has(reference) && file.org_id === orgId) {
      adopt(dashboard, reference, file, {});
    }
  }
}

/** @param extra - fields that only the Dashboard knows */
function adopt(
  dashboard: Dashboard,
  reference: string,
  file: Policy,
  extra: JsonObject,
): PolicyRecord {
  const databaseId = isDatabaseId(file._id)
    ? file._id
    : databaseIdOf(reference);
  const record: PolicyRecord = {
    databaseId,
    reference,
    document: {},
    published: undefined,
  };
  record.document = fromFile(dashboard, record, file, extra);
  record.published = file;
  dashboard.policies.set(databaseId, record);
  return record;
}

function takeOver(
  dashboard: Dashboard,
  record: PolicyRecord,
  file: Policy,
): void {
  const { date_created: created } = record.document;
  record.document = fromFile(dashboard, record, file, {
    date_created: created,
  });
  record.published = file;
}

/** A gateway on its own goes by `is_inactive` only. */
function fromFile(
  dashboard: Dashboard,
  record: PolicyRecord,
  file: Policy,
  extra: JsonObject,
): JsonObject {
  const state = file.is_inactive ? 'draft' : 'active';
  const body = { ...writePolicy(file), state, ...extra };
  return completePolicy(dashboard, body, {
    _id: record.databaseId,
    id: file.id,
    date_created: asText(extra.date_created) || timeOf(dashboard),
    last_updated:
      file.last_updated || String(dashboard.gateway.clock.seconds()),
  });
}

/** What gateways of this version know the policy by. */
function referenceOf(dashboard: Dashboard, document: JsonObject): string {
  const id = asText(document.id);
  const isKnown =
    behaves(dashboard, 'idIsReference') ||
    dashboard.gateway.settings.allowExplicitPolicyId;
  return (isKnown && id) || asText(document._id);
}

/** Keeps a policy and brings it to the gateway, where it is loaded later. */
export function save(dashboard: Dashboard, document: JsonObject): void {
  const { gateway, policies } = dashboard;
  const { files } = gateway;
  const databaseId = asText(document._id);
  const before = policies.get(databaseId);
  const keepsId = before && before.document.id === document.id;
  const reference = keepsId
    ? before.reference
    : referenceOf(dashboard, document);
  const policy = readPolicy({ ...document, id: reference });
  const published = document.state === 'deny' ? undefined : policy;
  if (before?.published) files.policies.delete(before.reference);
  if (published) files.policies.set(reference, published);
  policies.set(databaseId, { databaseId, document, reference, published });
  scheduleLoad(gateway, gateway.reloadDelayMs);
}

/** Removes it here and, later, from the gateway. Keys that name it are not touched. */
export function drop(dashboard: Dashboard, record: PolicyRecord): void {
  const { gateway, policies } = dashboard;
  policies.delete(record.databaseId);
  if (record.published) gateway.files.policies.delete(record.reference);
  scheduleLoad(gateway, gateway.reloadDelayMs);
}

/** By `_id`, in either form, and from 5.12 on by `id` as well. */
export function findRecord(
  dashboard: Dashboard,
  id: string,
): PolicyRecord | undefined {
  const found = dashboard.policies.get(plainId(id));
  if (found || !behaves(dashboard, 'findsById')) return found;
  return [...dashboard.policies.values()].find(
    record => record.document.id === id,
  );
}

/** Undoes the form in which `_id` is the hexadecimal code of its characters. */
export function plainId(id: string): string {
  if (!/^[0-9a-f]{48}$/.test(id)) return id;
  const decoded = Buffer.from(id, 'hex').toString('ascii');
  return isDatabaseId(decoded) ? decoded : id;
}
