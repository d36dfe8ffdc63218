import { toJson } from '../json';
import type { SandboxSeed } from '../types';
import { changePolicy } from './edits';
import { wipeDashboard } from './state';
import type { Dashboard } from './state';

/** Takes over a seed that the gateway has loaded, with what of it only the Dashboard knows. */
export function plantDashboard(
  dashboard: Dashboard,
  { policies = [] }: SandboxSeed,
): void {
  wipeDashboard(dashboard);
  for (const policy of policies) {
    changePolicy(dashboard, policy.id, toJson(policy));
  }
}
