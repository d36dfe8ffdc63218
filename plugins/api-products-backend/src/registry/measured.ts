/** A provider whose calls are told of, with how long they took and what came of them. */
import type { Id } from 'backstage-plugin-api-products-common';
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnauthorisedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
  type ApiProvider,
} from 'backstage-plugin-api-products-node';
import { stopwatch } from '../lib/stopwatch';

export type ProviderMethod = Exclude<
  keyof ApiProvider,
  'id' | 'type' | 'title' | 'gatewayUrl'
>;

export type CallResult =
  | 'ok'
  | 'unavailable'
  | 'unauthorized'
  | 'rejected'
  | 'conflict'
  | 'unsupported'
  | 'error';

export interface ProviderCall {
  provider: Id;
  method: ProviderMethod;
  result: CallResult;
  seconds: number;
}

const REFUSALS = [
  [ProviderUnavailableError, 'unavailable'],
  [ProviderUnauthorisedError, 'unauthorized'],
  [ProviderRejectedError, 'rejected'],
  [ProviderConflictError, 'conflict'],
  [ProviderUnsupportedError, 'unsupported'],
] as const;

const resultOf = (error: unknown): CallResult =>
  REFUSALS.find(([kind]) => error instanceof kind)?.[1] ?? 'error';

export function measured(
  provider: ApiProvider,
  onCall: (call: ProviderCall) => void,
): ApiProvider {
  async function told<T>(
    method: ProviderMethod,
    call: () => Promise<T>,
  ): Promise<T> {
    const seconds = stopwatch();
    const tell = (result: CallResult) =>
      onCall({
        provider: provider.id,
        method,
        result,
        seconds: seconds(),
      });
    try {
      const answer = await call();
      tell('ok');
      return answer;
    } catch (error) {
      tell(resultOf(error));
      throw error;
    }
  }
  const measuredCalls: Pick<ApiProvider, ProviderMethod> = {
    probe: (...a) => told('probe', () => provider.probe(...a)),
    listApis: (...a) => told('listApis', () => provider.listApis(...a)),
    exportDefinition: (...a) =>
      told('exportDefinition', () => provider.exportDefinition(...a)),
    listOfferings: (...a) =>
      told('listOfferings', () => provider.listOfferings(...a)),
    putProduct: (...a) => told('putProduct', () => provider.putProduct(...a)),
    putPlan: (...a) => told('putPlan', () => provider.putPlan(...a)),
    removeProduct: (...a) =>
      told('removeProduct', () => provider.removeProduct(...a)),
    removePlan: (...a) => told('removePlan', () => provider.removePlan(...a)),
    putCredential: (...a) =>
      told('putCredential', () => provider.putCredential(...a)),
    readCredential: (...a) =>
      told('readCredential', () => provider.readCredential(...a)),
    listCredentials: (...a) =>
      told('listCredentials', () => provider.listCredentials(...a)),
    updateCredential: (...a) =>
      told('updateCredential', () => provider.updateCredential(...a)),
    resetQuota: (...a) => told('resetQuota', () => provider.resetQuota(...a)),
    removeCredential: (...a) =>
      told('removeCredential', () => provider.removeCredential(...a)),
    cleanUpCredential: (...a) =>
      told('cleanUpCredential', () => provider.cleanUpCredential(...a)),
    usage: (...a) => told('usage', () => provider.usage(...a)),
  };
  const { id, type, title, gatewayUrl } = provider;
  return { id, type, title, gatewayUrl, ...measuredCalls };
}
