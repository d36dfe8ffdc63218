/** What tests change behind the back of whoever uses Dashboard or gateway: in force at once, without a request. */
import { asText } from '../json';
import type { JsonObject } from '../json';
import { load } from '../state/gateway';
import { completePolicy } from './policies/document';
import { catchUp, drop, save } from './policies/store';
import type { Dashboard, PolicyRecord } from './state';

function recordOf(dashboard: Dashboard, id: string): PolicyRecord | undefined {
  catchUp(dashboard);
  return [...dashboard.policies.values()].find(
    ({ databaseId, reference, document }) =>
      [databaseId, reference, document.id].includes(id),
  );
}

/** What follows from the changed fields is worked out anew. */
function without(document: JsonObject, changes: JsonObject): JsonObject {
  return {
    ...document,
    ...('access_rights' in changes && { access_rights_array: undefined }),
    ...(('active' in changes || 'is_inactive' in changes) && {
      state: undefined,
    }),
  };
}

/** @returns false where there is none */
export function changePolicy(
  dashboard: Dashboard,
  id: string,
  changes: JsonObject,
): boolean {
  const record = recordOf(dashboard, id);
  if (!record) return false;
  const { document, databaseId } = record;
  const body = { ...without(document, changes), ...changes };
  save(
    dashboard,
    completePolicy(dashboard, body, {
      _id: databaseId,
      id: asText(body.id),
      date_created: asText(document.date_created),
      last_updated: String(dashboard.gateway.clock.seconds()),
    }),
  );
  load(dashboard.gateway);
  return true;
}

/** @returns false where there was none */
export function removePolicy(dashboard: Dashboard, id: string): boolean {
  const record = recordOf(dashboard, id);
  if (!record) return false;
  drop(dashboard, record);
  load(dashboard.gateway);
  return true;
}

/** The policies as the Dashboard keeps them, denied ones among them. */
export function policyDocuments(dashboard: Dashboard): JsonObject[] {
  catchUp(dashboard);
  return [...dashboard.policies.values()].map(({ document }) =>
    structuredClone(document),
  );
}
