import type { ContractCase } from '../suite/contractCase';
import { connection } from './connection';

/** All cases of the contract, in order of their numbers. */
export const cases: ContractCase[] = [...connection].sort(
  (a, b) => a.number - b.number,
);
