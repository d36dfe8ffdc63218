import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import {
  formatNumber,
  type SyncItem,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../../hooks/refName';
import { useT } from '../../../hooks/useT';
import { OUTCOMES } from './providerLabels';

/** More names are not read. */
const SHOWN = 100;

function Item({ item }: { item: SyncItem }) {
  const t = useT();
  const what = item.kind
    ? ` (${t(`adminProviders.synchronisation.kind.${item.kind}`)})`
    : '';
  const record = item.ref ? ` → ${refName(item.ref)}` : '';
  return (
    <li>
      <strong>{item.name}</strong>
      {`${what}${record}`}
      {item.reason && `: ${item.reason}`}
    </li>
  );
}

/** What a synchronisation did, by outcome and with the reasons. */
export function SyncItems({ items }: { items: SyncItem[] }) {
  const t = useT();
  if (items.length === 0) {
    return (
      <Typography variant="body2">
        {t('adminProviders.synchronisation.noItems')}
      </Typography>
    );
  }
  return (
    <Box style={{ overflowWrap: 'anywhere' }}>
      {OUTCOMES.map(outcome => {
        const group = items.filter(item => item.outcome === outcome);
        if (group.length === 0) {
          return null;
        }
        const word = t(`adminProviders.synchronisation.outcome.${outcome}`);
        return (
          <Box key={outcome} mb={1}>
            <Typography variant="subtitle2" component="h4">
              {`${word} (${formatNumber(group.length)})`}
            </Typography>
            <Typography component="ul" variant="body2" aria-label={word}>
              {group.slice(0, SHOWN).map(item => (
                <Item key={item.policyId} item={item} />
              ))}
              {group.length > SHOWN && (
                <li>
                  {t('adminProviders.synchronisation.more', {
                    number: formatNumber(group.length - SHOWN),
                  })}
                </li>
              )}
            </Typography>
          </Box>
        );
      })}
    </Box>
  );
}
