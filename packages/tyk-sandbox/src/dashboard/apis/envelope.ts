/** An API as the Dashboard lists it: its definition in an envelope. */
import type { ApiFile } from '../../apis/api';
import { asText } from '../../json';
import type { JsonObject } from '../../json';
import { databaseIdOf, isDatabaseId, timeOf } from '../state';
import type { ApiDates, Dashboard } from '../state';

/** `id` of a definition: what the Dashboard's database knows it by. */
export function apiDatabaseId(definition: JsonObject): string {
  const own = asText(definition.id);
  return isDatabaseId(own) ? own : databaseIdOf(asText(definition.api_id));
}

/** Since when the Dashboard has known an API. */
export function datesOf(dashboard: Dashboard, id: string): ApiDates {
  const { apiDates } = dashboard;
  const now = timeOf(dashboard);
  const dates = apiDates.get(id) ?? { created: now, updated: now };
  apiDates.set(id, dates);
  return dates;
}

export function withEnvelope(
  dashboard: Dashboard,
  { definition, oas }: ApiFile,
): JsonObject {
  const { created, updated } = datesOf(dashboard, asText(definition.api_id));
  return {
    created_at: created,
    updated_at: updated,
    api_model: {},
    api_definition: { ...definition, id: apiDatabaseId(definition) },
    ...(oas && { oas }),
    hook_references: [],
    is_site: false,
    sort_by: 0,
    user_group_owners: [],
    user_owners: [],
  };
}
