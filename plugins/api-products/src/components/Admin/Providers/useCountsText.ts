import { formatNumber } from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { OUTCOMES, type SyncSummary } from './providerLabels';

/** What a synchronisation did in one line: `2 created, 1 hidden, 14 unchanged`. */
export function useCountsText(): (run: SyncSummary) => string {
  const t = useT();
  return ({ counts }) => {
    const words: string[] = OUTCOMES.filter(outcome => counts[outcome] > 0).map(
      outcome =>
        t(`adminProviders.synchronisation.counted.${outcome}`, {
          number: formatNumber(counts[outcome]),
        }),
    );
    if (counts.unchanged > 0) {
      words.push(
        t('adminProviders.synchronisation.unchanged', {
          number: formatNumber(counts.unchanged),
        }),
      );
    }
    return words.join(', ') || t('adminProviders.synchronisation.nothing');
  };
}
