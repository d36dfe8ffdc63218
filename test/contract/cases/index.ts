import type { ContractCase } from '../suite/contractCase';
import { apis } from './apis';
import { connection } from './connection';
import { faults } from './faults';
import { gatewayPolicies } from './gatewayPolicies';
import { keysInPortal } from './keysInPortal';
import { listing } from './listing';
import { oauth } from './oauth';
import { policies } from './policies';
import { policyUpdates } from './policyUpdates';
import { runtime } from './runtime';
import { scopes } from './scopes';
import { synchronisation } from './synchronisation';

/** All cases of the contract, in order of their numbers. */
export const cases: ContractCase[] = [
  ...apis,
  ...connection,
  ...faults,
  ...gatewayPolicies,
  ...keysInPortal,
  ...listing,
  ...oauth,
  ...policies,
  ...policyUpdates,
  ...runtime,
  ...scopes,
  ...synchronisation,
].sort((a, b) => a.number - b.number);
