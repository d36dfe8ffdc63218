/**
 * How consumers of a product sign in follows from its APIs: one credential opens them all, so all must want the same.
 * What a product says itself is only believed where nothing is known of its APIs.
 */
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type { ProductRow } from '../lib/rows';

/** How an API of a provider wants its callers to sign in. */
export type SignIn = ProviderApi['authentication'];

/** An API as far as signing in goes. */
export interface ApiSignIn {
  name: string;
  authentication: SignIn;
}

/** A rule that a product breaks. */
export interface Problem {
  /** Of the product. */
  field: string;
  message: string;
}

/** What is known, and what speaks against it. */
interface ProductSignIn {
  authentication?: SignIn;
  problem?: Problem;
}

/** @param declared - what the product says itself */
export function signInOf(
  apis: readonly ApiSignIn[],
  declared: SignIn | undefined,
): ProductSignIn {
  const [first] = apis;
  if (!first) {
    return { authentication: declared };
  }
  const { authentication } = first;
  if (apis.some(api => api.authentication !== authentication)) {
    const list = apis
      .map(api => `${api.name} wants ${api.authentication}`)
      .join(', ');
    return {
      authentication: declared,
      problem: {
        field: 'apis',
        message: `apis must all want the same authentication, and these do not: ${list}`,
      },
    };
  }
  if (declared !== undefined && declared !== authentication) {
    return {
      authentication,
      problem: {
        field: 'authentication',
        message: `authentication is ${declared}, but ${apis
          .map(({ name }) => name)
          .join(', ')} ${
          apis.length === 1 ? 'wants' : 'want'
        } ${authentication}; leave it out, it follows from the APIs`,
      },
    };
  }
  return { authentication };
}

/** What the portal has no credential for, and why. */
const WITHOUT_CREDENTIAL: Record<string, string | undefined> = {
  keyless: 'can be called by everybody without a credential',
  jwt: 'is called with tokens of an identity provider (jwt), which the portal does not hand out yet',
  mtls: 'is called with client certificates (mtls), which the portal does not hand out yet',
  other:
    'is called with a kind of credential that the portal does not hand out yet',
};

/** Why nobody can ask for a credential of the product, in words that follow its title; undefined where people can. */
export const withoutCredential = ({
  authentication,
}: Pick<ProductRow, 'authentication'>): string | undefined =>
  WITHOUT_CREDENTIAL[authentication ?? ''];

/** What consumers of the product present. */
export const credentialKindOf = ({
  authentication,
}: Pick<ProductRow, 'authentication'>): 'token' | 'basic' =>
  authentication === 'basic' ? 'basic' : 'token';
