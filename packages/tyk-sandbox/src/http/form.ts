import type { GatewayRequest } from './message';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The fields of a form in the body; none where the body is no form. */
export function readForm({ headers, body }: GatewayRequest): URLSearchParams {
  const [type] = (headers['content-type'] ?? '').split(';');
  return new URLSearchParams(
    type.trim().toLowerCase() === FORM_TYPE ? body : '',
  );
}

/** The fields of a form in the body, and after them those of the query. */
export function parseForm(request: GatewayRequest): URLSearchParams {
  return new URLSearchParams([...readForm(request), ...request.query]);
}
