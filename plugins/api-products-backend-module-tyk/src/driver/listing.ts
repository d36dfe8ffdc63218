import type { ProviderOffering } from 'backstage-plugin-api-products-node';
import { foreignKindOf } from '../model/apis';
import { toOfferings } from '../model/classification';
import type { DriverContext } from './context';

/** Everything that could be a product or a plan; a failure throws and never looks like an empty list. */
export async function listOfferings(
  { control, tags }: DriverContext,
  signal?: AbortSignal,
): Promise<ProviderOffering[]> {
  const organisation = await control.organisation(signal);
  const [policies, apis] = await Promise.all([
    control.policies(signal),
    control.apis(signal),
  ]);
  const foreignApis = new Map<string, string>();
  for (const api of apis) {
    const kind = foreignKindOf(api);
    if (kind !== undefined) foreignApis.set(api.api_id, kind);
  }
  return toOfferings(policies, {
    organisation,
    tags,
    states: control.traits.states,
    foreignApis,
  });
}
