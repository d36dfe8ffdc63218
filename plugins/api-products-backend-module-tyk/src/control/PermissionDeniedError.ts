import { ProviderUnauthorisedError } from 'backstage-plugin-api-products-node';

/** The token is good, but its user may not do this. */
export class PermissionDeniedError extends ProviderUnauthorisedError {
  /** In the words of the Dashboard's user page, e.g. `Policies (write)`. */
  readonly permission: string;

  constructor(message: string, permission: string) {
    super(message);
    this.permission = permission;
  }
}
