import { isStranger, type Owner } from './findUnknownKeys';

const state = (fields: { credentialId?: string; policyIds?: string[] }) => ({
  apiIds: [],
  rateLimit: 'unlimited' as const,
  quota: 'unlimited' as const,
  policyIds: [],
  suspended: false,
  ...fields,
});
const owner = (fields: Partial<Owner>): Owner => ({
  id: 'c-1',
  status: 'active',
  kind: 'token',
  provider_reference: 'hash-of-token',
  ...fields,
});
const marked = state({ credentialId: 'c-1', policyIds: ['ours'] });

it.each<[string, boolean, Parameters<typeof isStranger>[2]]>([
  ['is a copy of a live token', true, owner({})],
  ['is the key itself', false, owner({ provider_reference: 'listed' })],
  ['is being made', false, owner({ status: 'provisioning' })],
  ['is being taken away', false, owner({ status: 'revoking' })],
  ['is left of one that failed', true, owner({ status: 'failed' })],
  ['is left of one that nobody knows', true, undefined],
  [
    'is a live user, listed by what it is stored under',
    false,
    owner({ kind: 'basic', provider_reference: 'basic:bsu_c-1' }),
  ],
  [
    'is a user that was revoked',
    true,
    owner({ kind: 'basic', status: 'revoked' }),
  ],
])('a key with our mark that %s: stranger %s', (_, stranger, whose) => {
  expect(isStranger('listed', marked, whose, new Set(['ours']))).toBe(stranger);
});

it('knows keys without a mark by their policies', () => {
  const ours = new Set(['ours']);
  const with_ = (policyIds: string[]) => state({ policyIds });
  expect(isStranger('x', with_(['ours']), undefined, ours)).toBe(true);
  expect(isStranger('x', with_(['theirs']), undefined, ours)).toBe(false);
});
