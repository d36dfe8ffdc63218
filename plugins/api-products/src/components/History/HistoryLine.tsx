import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Typography from '@material-ui/core/Typography';
import type {
  HistoryChange,
  HistoryEntry,
} from 'backstage-plugin-api-products-common';
import { plainWords } from '../../hooks/plainWords';
import { useT } from '../../hooks/useT';
import { EntityName, RelativeTime } from '../shared';
import { fieldWords } from './fieldWords';

function Change({ change }: { change: HistoryChange }) {
  const t = useT();
  const field = fieldWords(change.field);
  const before = plainWords(change.before ?? '');
  const after = plainWords(change.after ?? '');
  if (change.before === undefined) {
    return (
      <li>
        {change.after === undefined
          ? t('history.change.other', { field })
          : t('history.change.new', { field, after })}
      </li>
    );
  }
  return (
    <li>
      {change.after === undefined
        ? t('history.change.gone', { field, before })
        : t('history.change.both', { field, before, after })}
    </li>
  );
}

/** What happened, by whom and when, and why where somebody said so. */
export function HistoryLine({ entry }: { entry: HistoryEntry }) {
  const t = useT();
  const { actor, at, changes = [], message, reason } = entry;
  return (
    <ListItem divider alignItems="flex-start">
      <ListItemText
        disableTypography
        style={{ overflowWrap: 'anywhere' }}
        primary={<Typography variant="body1">{plainWords(message)}</Typography>}
        secondary={
          <>
            <Typography variant="body2" color="textSecondary">
              {actor ? <EntityName entityRef={actor} /> : t('history.portal')}
              {' · '}
              <RelativeTime at={at} />
            </Typography>
            {reason && (
              <Typography variant="body2">
                {t('history.reason', { reason })}
              </Typography>
            )}
            {changes.length > 0 && (
              <Typography variant="body2" component="ul">
                {changes.map(change => (
                  <Change key={change.field} change={change} />
                ))}
              </Typography>
            )}
          </>
        }
      />
    </ListItem>
  );
}
