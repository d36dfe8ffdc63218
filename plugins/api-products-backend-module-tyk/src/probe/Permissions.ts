import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import { PermissionDeniedError } from '../control/PermissionDeniedError';

/** What the portal needs, in the words of the Dashboard's user page. */
const NEEDED =
  'APIs, Certificates, Keys and Policies (write), Analytics and Users (read)';

/**
 * Collects what the token's user turned out not to be allowed. A permission that is missing does not end a probe: the
 * rest of what can be found out is worth knowing.
 */
export class Permissions {
  readonly #denied = new Set<string>();

  static create(): Permissions {
    return new Permissions();
  }

  private constructor() {}

  /** The answer, or undefined where it was denied. */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      if (this.note(error)) return undefined;
      throw error;
    }
  }

  /** Whether an error is a missing permission, which is remembered. */
  note(error: unknown): error is PermissionDeniedError {
    if (!(error instanceof PermissionDeniedError)) return false;
    this.#denied.add(error.permission);
    return true;
  }

  finding(): ProviderFinding {
    const name = 'permissions';
    const missing = [...this.#denied].sort();
    return missing.length === 0
      ? {
          name,
          status: 'ok',
          message: `The token's user may do what was tried. The portal needs ${NEEDED}; writing APIs and certificates is not tried.`,
        }
      : {
          name,
          status: 'error',
          message: `The token's user lacks ${missing.join(
            ', ',
          )}: give them at the Dashboard, under Users. The portal needs ${NEEDED}.`,
        };
  }
}
