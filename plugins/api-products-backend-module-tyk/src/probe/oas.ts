import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import type { TykControl } from '../control/TykControl';
import type { ApiDefinition } from '../model/apis';
import type { Permissions } from './Permissions';

/** Whether definitions of APIs can be offered to consumers. */
export async function oasFinding(
  control: TykControl,
  permissions: Permissions,
  apis: ApiDefinition[],
  signal?: AbortSignal,
): Promise<ProviderFinding> {
  const name = 'oas';
  const [first, ...others] = apis.filter(({ is_oas: isOas }) => isOas);
  if (first === undefined) {
    return {
      name,
      status: 'ok',
      message:
        'No API here is a Tyk OAS API. Classic APIs have no definition to offer; link one in the catalog instead.',
    };
  }
  const document = await permissions.ask(() =>
    control.publicOasDocument(first.api_id, signal),
  );
  return document
    ? {
        name,
        status: 'ok',
        message: `Definitions of Tyk OAS APIs can be offered (${
          others.length + 1
        } here).`,
      }
    : {
        name,
        status: 'warning',
        message:
          'There are Tyk OAS APIs, but their definitions cannot be exported: update to 4.1.0 or later.',
      };
}
