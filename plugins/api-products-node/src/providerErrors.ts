import { CustomErrorBase } from '@backstage/errors';

/**
 * The provider cannot be reached, is too slow, or is not ready yet: worth another try.
 * @public
 */
export class ProviderUnavailableError extends CustomErrorBase {
  name = 'ProviderUnavailableError' as const;
  /** Milliseconds the provider asked to be left alone. */
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number },
  ) {
    super(message, options?.cause);
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** The provider refuses the portal's own token: a platform owner has to act. @public */
export class ProviderUnauthorisedError extends CustomErrorBase {
  name = 'ProviderUnauthorisedError' as const;
}

/** The provider understood and said no; carries the provider's text. @public */
export class ProviderRejectedError extends CustomErrorBase {
  name = 'ProviderRejectedError' as const;
}

/** Something with this name or id is already there, or is not as it was asked for. @public */
export class ProviderConflictError extends CustomErrorBase {
  name = 'ProviderConflictError' as const;
}

/** This installation cannot do it; the message names the setting to change. @public */
export class ProviderUnsupportedError extends CustomErrorBase {
  name = 'ProviderUnsupportedError' as const;
}
