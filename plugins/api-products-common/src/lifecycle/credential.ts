import type { CredentialStatus } from '../model';
import type { Lifecycle } from './stateMachine';

/**
 * What can happen to a credential. `activate`: the gateway is known to accept it with the plan's limits. `supersede`:
 * another one takes its place while it still works; `keep`: it is to stay instead of that one. `revoke`: somebody wants it gone. `confirm`: the gateway is known
 * to refuse it. `fail`: the provider refused it for good; `lose`: it is gone at the provider although nobody here took
 * it away; `retry` asks again.
 * @public
 */
export type CredentialEvent =
  | 'activate'
  | 'supersede'
  | 'keep'
  | 'revoke'
  | 'confirm'
  | 'expire'
  | 'fail'
  | 'lose'
  | 'retry';

/**
 * `provisioning → active ⇄ superseded → revoking → revoked · expired`, `failed` when the provider refused for good or
 * has lost it.
 * Only `revoking` leads to `revoked`: nothing is called revoked before the gateway is known to refuse it.
 * @public
 */
export const credentialLifecycle: Lifecycle<CredentialStatus, CredentialEvent> =
  {
    noun: 'credential',
    initial: 'provisioning',
    transitions: {
      provisioning: {
        activate: 'active',
        fail: 'failed',
        revoke: 'revoking',
        expire: 'expired',
      },
      active: {
        supersede: 'superseded',
        lose: 'failed',
        revoke: 'revoking',
        expire: 'expired',
      },
      superseded: { keep: 'active', revoke: 'revoking', expire: 'expired' },
      revoking: { confirm: 'revoked', expire: 'expired' },
      failed: { retry: 'provisioning', revoke: 'revoking', expire: 'expired' },
      revoked: {},
      expired: {},
    },
  };
