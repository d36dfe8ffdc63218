/** APIs are kept by the gateway behind; the Dashboard shows those of its user's organisation. */
import type { ApiFile } from '../../apis/api';
import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import { scheduleLoad } from '../../state/gateway';
import { timeOf } from '../state';
import type { Dashboard } from '../state';
import { apiDatabaseId, datesOf } from './envelope';

export function apisOf({ gateway, orgId }: Dashboard): ApiFile[] {
  return [...gateway.files.apis.values()].filter(
    ({ definition }) => definition.org_id === orgId,
  );
}

/** By `api_id` or by the id of the database. */
export function findApi(dashboard: Dashboard, id: string): ApiFile | undefined {
  return apisOf(dashboard).find(
    ({ definition }) =>
      definition.api_id === id || apiDatabaseId(definition) === id,
  );
}

/** Whether another API listens where this one wants to. */
export function isPathTaken(
  dashboard: Dashboard,
  definition: JsonObject,
): boolean {
  const place = (api: JsonObject) => [
    asText(api.domain),
    asText(asObject(api.proxy).listen_path).replace(/\/$/, ''),
  ];
  const [domain, path] = place(definition);
  return apisOf(dashboard).some(({ definition: other }) => {
    const [otherDomain, otherPath] = place(other);
    return (
      other.api_id !== definition.api_id &&
      otherDomain === domain &&
      otherPath === path
    );
  });
}

/** Keeps an API; the gateway loads it later. */
export function saveApi(dashboard: Dashboard, file: ApiFile): void {
  const { gateway } = dashboard;
  const id = asText(file.definition.api_id);
  gateway.files.apis.set(id, { ...file, published: true });
  datesOf(dashboard, id).updated = timeOf(dashboard);
  scheduleLoad(gateway, gateway.reloadDelayMs);
}

export function dropApi(dashboard: Dashboard, file: ApiFile): void {
  const { gateway, apiDates } = dashboard;
  const id = asText(file.definition.api_id);
  gateway.files.apis.delete(id);
  apiDates.delete(id);
  scheduleLoad(gateway, gateway.reloadDelayMs);
}
