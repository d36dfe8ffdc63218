import type { ContractCase } from '../suite/contractCase';
import { connection } from './connection';
import { faults } from './faults';
import { policies } from './policies';

/** All cases of the contract, in order of their numbers. */
export const cases: ContractCase[] = [
  ...connection,
  ...faults,
  ...policies,
].sort((a, b) => a.number - b.number);
