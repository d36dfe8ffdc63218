import { screen } from '@testing-library/react';
import type {
  RefusalCode,
  RefusalFields,
} from 'backstage-plugin-api-products-common';
import { refusal, renderWithApi } from '../../__testUtils__/renderWithApi';
import { ErrorState } from './ErrorState';
import { Problem } from './Problem';

const ID = '0b1c2d3e-0000-4000-8000-000000000017';
const MINUTE_MS = 60_000;
const ago = (minutes: number) =>
  new Date(Date.now() - minutes * MINUTE_MS).toISOString();

/** What a person has no use for. */
const ONLY_FOR_MACHINES =
  /\b(user|group|apiproduct|apiplan):|\d{4}-\d\d-\d\dT|[0-9a-f]{8}-[0-9a-f]{4}|[{}]|\bP\d+[DMY]\b/;

const REFUSALS: [number, RefusalCode, RefusalFields, string][] = [
  [
    409,
    'already-decided',
    { decision: 'approved', decidedBy: 'user:default/olga', decidedAt: ago(5) },
    'it was approved by olga 5 minutes ago',
  ],
  [
    409,
    'already-decided',
    { decision: 'rejected', decidedAt: ago(5) },
    'it was rejected automatically 5 minutes ago',
  ],
  [
    409,
    'changed-since',
    { revision: 7 },
    'somebody has changed it since you looked at it',
  ],
  [
    409,
    'already-subscribed',
    { application: 'Till', product: 'Payments API', subscription: ID },
    'Till already has Payments API.',
  ],
  [
    409,
    'already-pending',
    {
      application: 'Till',
      product: 'Payments API',
      plan: 'Gold',
      accessRequest: ID,
    },
    'Till already waits for Payments API on Gold.',
  ],
  [
    429,
    'allowance-used',
    { plan: 'Gold', limit: 1, per: 'P30D', renewsAt: ago(-120.5) },
    'Gold can be asked for once in 30 days. There is room again in 2 hours.',
  ],
  [
    409,
    'keys-used-up',
    { limit: 2 },
    'the plan allows 2 keys. Revoke one first, or say which is lost.',
  ],
  [
    403,
    'own-request',
    { approvers: ['group:default/payments-team', 'group:default/security'] },
    'you asked for this yourself, so somebody else has to decide: payments-team or security.',
  ],
  [
    403,
    'not-approver',
    { approvers: ['group:default/payments-team'] },
    'only payments-team can decide this request.',
  ],
  [
    409,
    'over',
    { accessRequest: ID, status: 'cancelled' },
    'the request was withdrawn, or ran out.',
  ],
  [
    409,
    'terms-missing',
    {
      product: 'Payments API',
      requester: 'user:default/dana',
      terms: ['Terms of use (2026-02)'],
    },
    'the terms of Payments API have changed, and dana has not accepted Terms of use (2026-02). They can do so by editing the request.',
  ],
  [
    400,
    'terms-missing',
    { terms: ['Terms of use (2026-02)'] },
    'accept Terms of use (2026-02) to go on.',
  ],
  [409, 'idempotency-key-used', { accessRequest: ID }, 'something else was'],
  [500, 'failed', {}, 'the portal made a mistake'],
  [
    403,
    'not-owner',
    { owner: 'group:default/payments-team' },
    'Only payments-team has done so 1 minute ago',
  ],
];

/** The backend's own, where the code says no more. */
const SENTENCE = `Only group:default/payments-team has done so at ${ago(
  1.2,
)}: ${ID}`;

describe('a refusal', () => {
  it.each(REFUSALS)(
    'with status %i and code %s is said in words',
    async (status, code, fields, words) => {
      const error = await refusal(status, SENTENCE, { code, fields });
      await renderWithApi(
        <>
          <Problem title="It was not done" error={error} />
          <ErrorState title="It could not be read" error={error} />
        </>,
      );
      const [problem, state] = screen.getAllByRole('alert');
      for (const place of [problem, state]) {
        expect(place).toHaveTextContent(words);
        expect(place?.textContent).not.toMatch(ONLY_FOR_MACHINES);
      }
    },
  );
});
