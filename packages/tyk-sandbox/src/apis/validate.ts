/** What the gateway refuses in an API that it could otherwise load (`apidef/validator.go`), as far as it is checked here. */
import { asObject } from '../json';
import type { JsonObject } from '../json';

/** The methods whose credential has to be somewhere, in the order of their names. */
const METHODS = [
  ['authToken', 'use_standard_auth'],
  ['coprocess', 'enable_coprocess_auth'],
  ['hmac', 'enable_signature_checking'],
  ['jwt', 'enable_jwt'],
  ['oauth', 'use_oauth2'],
  ['oidc', 'use_openid'],
] as const;

/** @returns why the gateway refuses a complete definition; `undefined` where it takes it */
export function problemOf(definition: JsonObject): string | undefined {
  const configs = asObject(definition.auth_configs);
  const nowhere = METHODS.find(([name, flag]) => {
    const source = asObject(configs[name]);
    return (
      name in configs &&
      definition[flag] === true &&
      source.disable_header === true &&
      source.use_param !== true &&
      source.use_cookie !== true
    );
  });
  return (
    nowhere &&
    `Validation of API Definition failed. Reason: all auth sources are disabled for ${nowhere[0]}, at least one of header/cookie/query must be enabled.`
  );
}
