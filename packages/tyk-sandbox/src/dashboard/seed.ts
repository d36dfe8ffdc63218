import { asText, toJson } from '../json';
import { load } from '../state/gateway';
import type { SandboxSeed } from '../types';
import { completePolicy } from './policies/document';
import { catchUp, save } from './policies/store';
import { wipeDashboard } from './state';
import type { Dashboard } from './state';

/** Takes over a seed that the gateway has loaded, with what of it only the Dashboard knows. */
export function plantDashboard(
  dashboard: Dashboard,
  { policies = [] }: SandboxSeed,
): void {
  wipeDashboard(dashboard);
  catchUp(dashboard);
  const records = new Map(
    [...dashboard.policies.values()].map(record => [record.reference, record]),
  );
  for (const policy of policies) {
    const { document } = records.get(policy.id) ?? {};
    if (document) {
      const body = { ...document, state: undefined, ...toJson(policy) };
      const kept = completePolicy(
        dashboard,
        { ...body, access_rights_array: undefined },
        {
          _id: asText(document._id),
          id: policy.id,
          date_created: asText(document.date_created),
          last_updated: asText(document.last_updated),
        },
      );
      save(dashboard, kept);
    }
  }
  load(dashboard.gateway);
}
