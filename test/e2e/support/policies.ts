/** Another administrator at Tyk, who knows nothing of the portal: what they make and change of policies. */
import { urls } from './portal';

/** As in `app-config.yaml`, for the demo only. */
const SECRET = process.env.TYK_SANDBOX_SECRET ?? 'tyk-sandbox-secret';

/** A product on one API. */
export const OPENS_SHIPMENTS = {
  partitions: { acl: true },
  access_rights: {
    shipments: {
      api_id: 'shipments',
      api_name: 'Shipments',
      versions: ['Default'],
    },
  },
};

/** A plan. */
export const LIMITS_500_A_DAY = {
  partitions: { quota: true, rate_limit: true },
  rate: 60,
  per: 60,
  quota_max: 500,
  quota_renewal_rate: 86_400,
  access_rights: {},
};

async function sent(what: string, response: Response): Promise<void> {
  if (!response.ok) {
    throw new Error(
      `${what} answers ${response.status}: ${await response.text()}`,
    );
  }
}

async function ofGateway(
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const response = await fetch(`${urls.gateway}/tyk/${path}`, {
    method,
    headers: { 'X-Tyk-Authorization': SECRET },
    body: body && JSON.stringify(body),
  });
  await sent(`${method} /tyk/${path}`, response);
}

/** Makes a policy with the tag that the portal's provider selects, and brings it into force. */
export async function makePolicy(
  id: string,
  name: string,
  policy: object,
): Promise<void> {
  await ofGateway('POST', 'policies', {
    id,
    name,
    org_id: 'default',
    active: true,
    tags: ['backstage'],
    ...policy,
  });
  await ofGateway('GET', 'reload?block=true');
}

/** Changes fields of a policy, in force at once. */
export async function changePolicy(id: string, changes: object): Promise<void> {
  const response = await fetch(`${urls.control}/policies/${id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(changes),
  });
  await sent(`The change of policy ${id}`, response);
}
