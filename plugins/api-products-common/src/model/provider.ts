import { Id, IsoDateTime } from './values';

/** Something a provider can or cannot do, in words. @public */
export interface ProviderFinding {
  /** Stable name, e.g. `revocation`. */
  name: string;
  status: 'ok' | 'warning' | 'error';
  /** What this means for people; names the provider's setting to change where there is one. */
  message: string;
}

/** A provider as the REST API shows it: never its token. @public */
export interface Provider {
  id: Id;
  type: string;
  title: string;
  /** Where consumers call the proxied APIs. */
  gatewayUrl?: string;
  status: 'unknown' | 'up' | 'down';
  version?: string;
  findings: ProviderFinding[];
  /** Why it is down. */
  message?: string;
  checkedAt?: IsoDateTime;
}

/** An API of a provider. @public */
export interface ProviderApi {
  id: string;
  name: string;
  listenPath: string;
  active: boolean;
  authentication: 'auth-token' | 'jwt' | 'basic' | 'mtls' | 'keyless' | 'other';
  /** Header that carries the credential, for `auth-token`. */
  headerName?: string;
}
