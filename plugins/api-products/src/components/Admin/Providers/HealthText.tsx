import type { Provider } from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { StatusText } from '../../shared';
import { healthOf } from './providerLabels';

/** How a provider does, in words. */
export function HealthText({ provider }: { provider: Provider }) {
  const t = useT();
  const health = healthOf(provider);
  const label = () => {
    if (health.word === 'downWith') {
      return t('adminProviders.health.downWith', { message: health.message });
    }
    if (health.word === 'warnings' || health.word === 'errors') {
      return t(`adminProviders.health.${health.word}`, {
        count: health.count,
      });
    }
    return t(`adminProviders.health.${health.word}`);
  };
  return <StatusText tone={health.tone}>{label()}</StatusText>;
}
