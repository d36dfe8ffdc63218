/**
 * Why a gateway of Tyk has refused a consumer's call, for support. Texts can be customised (`templates/error*.json`,
 * `override_messages`), so the status decides which reasons there can be, and the text only tells them apart.
 */
import { envelopeMessage, parseJson } from '../http/answer';

/**
 * Why a call was refused. `unknown`: by its status it was, but the text is not one of Tyk's; the API itself may have
 * answered.
 * @public
 */
export type TykRefusalReason =
  | 'credential-missing'
  | 'credential-malformed'
  | 'expired'
  | 'suspended'
  | 'no-access'
  | 'path-not-allowed'
  | 'rate-limit'
  | 'api-rate-limit'
  | 'quota'
  | 'scope-not-mapped'
  | 'scope-without-product'
  | 'client-removed'
  | 'certificate'
  | 'token-invalid'
  | 'unknown';

/** @public */
export interface TykRefusal {
  reason: TykRefusalReason;
  /** What it means and what helps, in a sentence or two. */
  sentence: string;
}

const SENTENCES: Record<Exclude<TykRefusalReason, 'unknown'>, string> = {
  'credential-missing':
    'The call carries no credential, or not where the API expects it: compare header and spelling.',
  'credential-malformed':
    'The header of the call cannot be read: a token of OAuth or a JSON web token follows the word Bearer and a space.',
  expired:
    'The key has expired. A new one has to be issued; the old one cannot be prolonged.',
  suspended:
    'The key is suspended, or its product or plan is a draft at the moment.',
  'no-access':
    'The gateway does not know the key, or the key does not open this API: it may have been revoked, mistyped, be for another installation, or its product may have lost the API.',
  'path-not-allowed':
    'The key opens the API, but the product does not allow this path or method.',
  'rate-limit':
    "Too many calls in a short time: the plan's rate limit is reached, and calls are served again within its period.",
  'api-rate-limit':
    'Too many calls of all consumers in a short time: the API has a rate limit of its own.',
  quota: "The plan's quota is used up until it renews.",
  'scope-not-mapped':
    "None of the token's scopes stands for a product or a plan at this API: both scopes have to be asked for.",
  'scope-without-product':
    "The token carries the plan's scope without the product's: both have to be asked for.",
  'client-removed': 'The OAuth client that the token was issued to is gone.',
  certificate:
    'The client certificate is missing, has expired, or is not one that the API allows.',
  'token-invalid':
    'The token is not accepted: its signature, issuer or time is not what the API expects, or it was revoked.',
};

/** The first that fits counts. */
const TEXTS: Record<number, readonly [RegExp, keyof typeof SENTENCES][]> = {
  400: [
    [/authorization field missing/i, 'credential-missing'],
    [/malformed/i, 'credential-malformed'],
  ],
  401: [
    [/certificate/i, 'certificate'],
    [/expired/i, 'expired'],
    [/field missing/i, 'credential-missing'],
    [/malformed/i, 'credential-malformed'],
    [/key not authori[sz]ed|token|authentication/i, 'token-invalid'],
  ],
  403: [
    [/quota/i, 'quota'],
    [/inactive/i, 'suspended'],
    [/access to this resource/i, 'path-not-allowed'],
    [/access to this api|key is not valid/i, 'no-access'],
    [/no matching policy/i, 'scope-not-mapped'],
    [/could not apply several policies/i, 'scope-without-product'],
    [/client access was revoked/i, 'client-removed'],
    [/certificate/i, 'certificate'],
    [/key not authori[sz]ed|unexpected signing/i, 'token-invalid'],
  ],
  429: [
    [/^\s*api rate limit/i, 'api-rate-limit'],
    // Nothing else answers so, whatever it says.
    [/^/, 'rate-limit'],
  ],
};

const UNKNOWN: Record<number, string> = {
  401: 'The call carries no credential that is accepted: it is missing, malformed or has expired.',
  403: 'The call was refused: the key is not known here, suspended, out of quota, or not for this API or path; or the API itself has refused it.',
};

function textOf(body: unknown): string {
  if (typeof body !== 'string') return '';
  return envelopeMessage(parseJson(body)) ?? body;
}

/**
 * What the answer to a consumer's call means.
 *
 * @param answer - `body`: its text as it came
 * @returns undefined for an answer that is no refusal of the gateway's: a success, and what only the API itself answers
 * @public
 */
export function explainTykRefusal({
  status,
  body,
}: {
  status: number;
  body?: string;
}): TykRefusal | undefined {
  const text = textOf(body);
  const found = TEXTS[status]?.find(([pattern]) => pattern.test(text));
  if (found) return { reason: found[1], sentence: SENTENCES[found[1]] };
  const sentence = UNKNOWN[status];
  return sentence === undefined ? undefined : { reason: 'unknown', sentence };
}
