/** What has changed at the provider, in words. */
import {
  formatKeyLifetime,
  formatQuota,
  formatRateLimit,
  type PlanSpec,
  type ProductSpec,
} from 'backstage-plugin-api-products-common';

const listed = (words: string[]): string => words.join(', ');

export function apisReason(before: ProductSpec, after: ProductSpec): string {
  const idsOf = ({ apis }: ProductSpec) =>
    new Set(apis.map(({ providerApiId }) => providerApiId));
  const nameOf = (api: ProductSpec['apis'][number]) =>
    api.title ?? api.ref ?? api.providerApiId ?? '';
  const [had, has] = [idsOf(before), idsOf(after)];
  const added = after.apis.filter(api => !had.has(api.providerApiId));
  const gone = before.apis.filter(api => !has.has(api.providerApiId));
  const parts = [
    ...(added.length > 0 ? [`added ${listed(added.map(nameOf))}`] : []),
    ...(gone.length > 0 ? [`removed ${listed(gone.map(nameOf))}`] : []),
  ];
  return parts.length > 0
    ? `APIs: ${parts.join(', ')}`
    : 'What it opens of its APIs has changed';
}

export function limitsReason(before: PlanSpec, after: PlanSpec): string {
  const was = (what: string, from: string, to: string) =>
    from === to ? [] : [`${what} ${to}, was ${from}`];
  const parts = [
    ...was(
      'rate limit',
      formatRateLimit(before.rateLimit),
      formatRateLimit(after.rateLimit),
    ),
    ...was('quota', formatQuota(before.quota), formatQuota(after.quota)),
    ...was(
      'keys live',
      formatKeyLifetime(before.keyLifetime),
      formatKeyLifetime(after.keyLifetime),
    ),
  ];
  return parts.length > 0 ? parts.join('; ') : 'Its metadata has changed';
}
