/**
 * How callers of an OAS API sign in, from its document: OpenAPI's own `security` says which schemes, Tyk's extension
 * which of them are in use and whether the entries of `security` are alternatives (`securityProcessingMode: compliant`,
 * from 5.11 on) or only the first one counts. Read as `apidef/oas/security.go` of the gateway does.
 */
import { z } from 'zod';
import type { JsonObject } from '@backstage/types';
import { baseIdentityOf, keyless, protectedBy } from './methods';
import type { SignIn, SignInMethod } from './methods';

const flag = z
  .boolean()
  .nullish()
  .transform(value => value ?? false);
const text = z
  .string()
  .nullish()
  .transform(value => value ?? '');
const block = z.object({ enabled: flag }).nullish();

const settingsSchema = z.object({
  enabled: flag,
  enableClientCertificate: flag,
  signature: block,
  providers: z.array(z.unknown()).nullish(),
  scopeCheck: z.unknown().optional(),
  protectedResourceMetadata: z.unknown().optional(),
  tokenExchange: z.unknown().optional(),
});

const documentSchema = z.object({
  security: z.array(z.record(z.string(), z.unknown())).nullish(),
  components: z
    .object({
      securitySchemes: z
        .record(
          z.string(),
          z.object({ type: text, scheme: text, bearerFormat: text }),
        )
        .nullish(),
    })
    .nullish(),
  'x-tyk-api-gateway': z.object({
    server: z.object({
      clientCertificates: block,
      authentication: z
        .object({
          enabled: flag,
          baseIdentityProvider: text,
          hmac: block,
          oidc: block,
          custom: block,
          certificateAuth: block,
          securitySchemes: z.record(z.string(), settingsSchema).nullish(),
          securityProcessingMode: text,
          security: z.array(z.array(z.string())).nullish(),
        })
        .nullish(),
    }),
  }),
});

type OasDocument = z.infer<typeof documentSchema>;
type OasAuthentication = NonNullable<
  OasDocument['x-tyk-api-gateway']['server']['authentication']
>;

/** Tyk's own ways, which OpenAPI has no schemes for. */
const OWN = ['hmac', 'oidc', 'custom'] as const;

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** Undefined for a scheme that is not in use, or that Tyk does not know. */
function methodOf(
  name: string,
  document: OasDocument,
  authentication: OasAuthentication,
): SignInMethod | undefined {
  const component = document.components?.securitySchemes?.[name];
  const settings = authentication.securitySchemes?.[name];
  if (!component) {
    return OWN.find(own => own === name && authentication[own]?.enabled);
  }
  if (!settings?.enabled) return undefined;
  const { type, scheme, bearerFormat } = component;
  switch (type) {
    case 'apiKey':
      if (
        authentication.certificateAuth?.enabled ??
        settings.enableClientCertificate
      ) {
        return 'certificate-token';
      }
      return settings.signature?.enabled ? 'signed-token' : 'token';
    case 'oauth2':
      return (settings.providers ?? []).length > 0 ||
        settings.scopeCheck ||
        settings.protectedResourceMetadata ||
        settings.tokenExchange
        ? 'external-oauth'
        : 'oauth';
    case 'http':
      if (scheme === 'basic') return 'basic';
      return scheme === 'bearer' && bearerFormat === 'JWT' ? 'jwt' : undefined;
    default:
      return undefined;
  }
}

/** Undefined where the document is not as Tyk writes it. */
export function oasSignIn(raw: JsonObject): SignIn | undefined {
  const parsed = documentSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const document = parsed.data;
  const { authentication, clientCertificates } =
    document['x-tyk-api-gateway'].server;
  const needsCertificate = clientCertificates?.enabled ?? false;
  if (!authentication?.enabled) return keyless(needsCertificate);

  const methodsOf = (names: readonly string[]) =>
    unique(
      names.flatMap(name => methodOf(name, document, authentication) ?? []),
    );
  const security = (document.security ?? []).map(Object.keys);
  const isCompliant = authentication.securityProcessingMode === 'compliant';
  const requirements = isCompliant
    ? [...security, ...(authentication.security ?? [])]
    : security.slice(0, 1);
  const alternatives = requirements
    .map(methodsOf)
    .filter(methods => methods.length > 0);
  if (alternatives.length > 1) {
    return {
      alternatives: alternatives.map(methods =>
        needsCertificate ? [...methods, 'certificate'] : methods,
      ),
    };
  }
  return protectedBy(
    unique([
      ...alternatives.flat(),
      ...OWN.filter(own => authentication[own]?.enabled),
    ]),
    needsCertificate,
    baseIdentityOf(authentication.baseIdentityProvider),
  );
}
