/** A Tyk with many policies, in a process of its own, so that it does not share the time of what is measured. */
import { start, type JsonObject, type SeedPolicy } from 'tyk-sandbox';
import { API_ID } from './portalEntities';

const APIS = 20;

const api = (id: string): JsonObject => ({
  api_id: id,
  name: id,
  active: true,
  use_standard_auth: true,
  version_data: { not_versioned: true },
  proxy: { listen_path: `/${id}/`, strip_listen_path: true },
});

const access = (i: number): NonNullable<SeedPolicy['access_rights']> => {
  const id = `api-${i % APIS}`;
  return {
    [id]: {
      api_id: id,
      api_name: id,
      versions: ['Default'],
      allowed_urls: [],
      restricted_types: [],
      field_access_rights: [],
      allowance_scope: '',
    },
  };
};

/** Products and plans in turn, as Tyk's own portal makes them. */
function policy(i: number): SeedPolicy {
  const isProduct = i % 2 === 0;
  return {
    id: `policy-${i}`,
    name: `${isProduct ? 'Product' : 'Plan'} ${i}`,
    org_id: 'default',
    active: true,
    is_inactive: false,
    tags: ['portal', 'bench'],
    partitions: {
      acl: isProduct,
      quota: !isProduct,
      rate_limit: !isProduct,
      complexity: false,
      per_api: false,
    },
    access_rights: { ...access(i), ...access(i + 7), ...access(i + 13) },
    rate: isProduct ? -1 : 100 + (i % 50),
    per: isProduct ? -1 : 60,
    quota_max: isProduct ? -1 : 10_000,
    quota_renewal_rate: isProduct ? -1 : 86_400,
    throttle_interval: -1,
    throttle_retry_limit: -1,
    max_query_depth: -1,
    key_expires_in: 0,
    hmac_enabled: false,
    meta_data: isProduct ? {} : { tier: `tier-${i % 5}` },
  };
}

async function main() {
  const sandbox = await start({
    controlPort: 0,
    seed: {
      apis: [API_ID, ...Array.from({ length: APIS }, (_, i) => `api-${i}`)].map(
        api,
      ),
      policies: Array.from({ length: Number(process.argv[2]) }, (_, i) =>
        policy(i),
      ),
    },
  });
  process.send?.({
    url: sandbox.gatewayUrl,
    controlUrl: sandbox.controlUrl,
    secret: sandbox.secret,
  });
  process.on('disconnect', () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
