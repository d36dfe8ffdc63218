/**
 * Turns what can go wrong on the way to Tyk into the five errors that the portal knows.
 *
 * Messages name the operation, never the URL: paths of Tyk contain keys. For the same reason nothing is passed on as
 * `cause`, only the code of the underlying error.
 */
import {
  ProviderUnauthorisedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';

const CODES: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut off',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'the answer timed out',
  UND_ERR_BODY_TIMEOUT: 'the answer timed out',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed, set tls.ca of the provider',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate chain is self-signed, set tls.ca of the provider',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate cannot be verified, set tls.ca of the provider',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** The connection failed before there was a whole answer. */
export function connectionFailure(
  what: string,
  error: unknown,
): ProviderUnavailableError {
  const code = codeOf(error);
  const reason = code === undefined ? undefined : CODES[code];
  return new ProviderUnavailableError(
    `${what} failed: ${
      reason ?? `the connection failed${code === undefined ? '' : ` (${code})`}`
    }`,
  );
}

/** Statuses that another try may cure. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The error for a status that says the same whatever the operation; undefined where the operation has to judge.
 *
 * @param text - Tyk's own words, without secrets; undefined where the answer was not Tyk's
 */
export function statusFailure(
  what: string,
  status: number,
  text: string | undefined,
  retryAfterMs: number | undefined,
): Error | undefined {
  const said = text === undefined ? `status ${status}` : `${status} ${text}`;
  if (status === 401 || status === 403) {
    return new ProviderUnauthorisedError(
      `${what} was refused (${said}): check the token of the provider`,
    );
  }
  if (PASSING.has(status)) {
    return new ProviderUnavailableError(`${what} failed: ${said}`, {
      retryAfterMs,
    });
  }
  if (status >= 300 && status < 400) {
    return new ProviderUnsupportedError(
      `${what} was redirected (${status}): check the url of the provider`,
    );
  }
  if (status === 404 && text === undefined) {
    return new ProviderUnsupportedError(
      `${what} failed: Tyk's API is not at the url of the provider; where control_api_port or control_api_hostname is set, the url must name it`,
    );
  }
  if (status > 500) {
    return new ProviderUnavailableError(`${what} failed: ${said}`);
  }
  return undefined;
}
