import { explainTykRefusal } from './refusals';
import type { TykRefusalReason } from './refusals';

const error = (text: string) => JSON.stringify({ error: text });

describe('case 55: why a call was refused', () => {
  it.each<[number, string, TykRefusalReason]>([
    [401, 'Authorization field missing', 'credential-missing'],
    [400, 'Authorization field missing', 'credential-missing'],
    [400, 'Bearer token malformed', 'credential-malformed'],
    [403, 'Access to this API has been disallowed', 'no-access'],
    [403, 'Key is inactive, please renew', 'suspended'],
    [401, 'Key has expired, please renew', 'expired'],
    [429, 'Rate Limit Exceeded', 'rate-limit'],
    [429, 'Rate limit exceeded', 'rate-limit'],
    [429, 'API Rate Limit Exceeded', 'api-rate-limit'],
    [403, 'Quota exceeded', 'quota'],
    [403, 'Access to this resource has been disallowed', 'path-not-allowed'],
    [
      403,
      'key not authorized: no matching policy found in scope claim',
      'scope-not-mapped',
    ],
    [403, 'key not authorized: no matching policy', 'scope-not-mapped'],
    [
      403,
      'key not authorized: could not apply several policies',
      'scope-without-product',
    ],
    [
      403,
      'Key not authorised. OAuth client access was revoked',
      'client-removed',
    ],
    [403, 'Key not authorised', 'token-invalid'],
    [401, 'Key not authorized', 'token-invalid'],
    [403, 'Key not authorized: Unexpected signing method', 'token-invalid'],
    [401, 'Client certificate required', 'certificate'],
    [403, 'Certificate has expired', 'certificate'],
  ])('%i %s', (status, text, reason) => {
    const found = explainTykRefusal({ status, body: error(text) });
    expect(found?.reason).toBe(reason);
    expect(found?.sentence).toMatch(/^[A-Z].{20,}\.$/);
  });

  it.each<[string, number, string | undefined, TykRefusalReason]>([
    ['no body', 403, undefined, 'unknown'],
    ['a text of its own', 401, error('Nein'), 'unknown'],
    ['HTML', 403, '<html>No</html>', 'unknown'],
    ['another field', 403, '{"message":"Quota exceeded"}', 'quota'],
    ['plain text', 403, 'Quota exceeded', 'quota'],
    ['a text of its own for too many calls', 429, 'Slow down', 'rate-limit'],
    ['no body for too many calls', 429, undefined, 'rate-limit'],
    ['a text that belongs to another status', 401, 'Quota exceeded', 'unknown'],
  ])('goes by the status where there is %s', (_, status, body, reason) => {
    expect(explainTykRefusal({ status, body })?.reason).toBe(reason);
  });

  it.each([200, 204, 301, 404, 500])('says nothing of %i', status => {
    expect(
      explainTykRefusal({ status, body: error('Quota exceeded') }),
    ).toBeUndefined();
  });
});
