import type { ContractCase } from '../suite/contractCase';
import { apis } from './apis';
import { connection } from './connection';
import { faults } from './faults';
import { gatewayPolicies } from './gatewayPolicies';
import { idempotency } from './idempotency';
import { keyChanges } from './keyChanges';
import { keyCreation } from './keyCreation';
import { keyRemoval } from './keyRemoval';
import { keysByHash } from './keysByHash';
import { keysInPortal } from './keysInPortal';
import { listing } from './listing';
import { numbers } from './numbers';
import { oauth } from './oauth';
import { policies } from './policies';
import { policyNames } from './policyNames';
import { policyUpdates } from './policyUpdates';
import { runtime } from './runtime';
import { scopes } from './scopes';
import { sideBySide } from './sideBySide';
import { storeAway } from './storeAway';
import { synchronisation } from './synchronisation';
import { usage } from './usage';
import { users } from './users';

/** All cases of the contract, in order of their numbers. */
export const cases: ContractCase[] = [
  ...apis,
  ...connection,
  ...faults,
  ...gatewayPolicies,
  ...idempotency,
  ...keyChanges,
  ...keyCreation,
  ...keyRemoval,
  ...keysByHash,
  ...keysInPortal,
  ...listing,
  ...numbers,
  ...oauth,
  ...policies,
  ...policyNames,
  ...policyUpdates,
  ...runtime,
  ...scopes,
  ...sideBySide,
  ...storeAway,
  ...synchronisation,
  ...usage,
  ...users,
].sort((a, b) => a.number - b.number);
