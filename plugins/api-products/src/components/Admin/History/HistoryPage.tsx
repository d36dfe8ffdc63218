/** Everything that has happened, for platform owners. */
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useSearchParams } from 'react-router-dom';
import { useT } from '../../../hooks/useT';
import { ExportHistory } from '../../History/ExportHistory';
import { HistoryList } from '../../History/HistoryList';
import { SearchField } from '../../shared';
import {
  historyFilter,
  isSearching,
  readHistoryView,
  withHistoryPart,
  type HistoryPart,
  type HistoryView,
} from './historyView';
import { Verification } from './Verification';

function Filters(props: {
  view: HistoryView;
  onChange: (part: HistoryPart, value: string | undefined) => void;
}) {
  const { view, onChange } = props;
  const t = useT();
  return (
    <Box
      component="section"
      aria-label={t('adminHistory.filters')}
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      gridGap={16}
      mb={2}
    >
      {(['person', 'product'] as const).map(part => (
        <SearchField
          key={part}
          label={t(`adminHistory.${part}`)}
          q={view[part] ?? ''}
          onSearch={text => onChange(part, text)}
        />
      ))}
      {(['from', 'to'] as const).map(part => (
        <TextField
          key={part}
          id={`history-${part}`}
          type="date"
          size="small"
          variant="outlined"
          label={t(`adminHistory.${part}`)}
          InputLabelProps={{ shrink: true }}
          value={view[part] ?? ''}
          onChange={event => onChange(part, event.target.value)}
        />
      ))}
    </Box>
  );
}

export function HistoryPage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const view = readHistoryView(params);
  const filter = historyFilter(view);
  const look = (part: HistoryPart | 'cursor', value: string | undefined) =>
    setParams(withHistoryPart(params, part, value), {
      replace: part !== 'cursor',
    });
  return (
    <>
      <Verification />
      <Filters view={view} onChange={look} />
      {view.subject !== undefined && (
        <Typography variant="body2" paragraph>
          {t('adminHistory.oneThing')}{' '}
          <Button size="small" onClick={() => look('subject', undefined)}>
            {t('adminHistory.clear')}
          </Button>
        </Typography>
      )}
      <Box mb={2}>
        <ExportHistory filter={filter} />
      </Box>
      <Box maxWidth={1000}>
        <HistoryList
          filter={filter}
          label={t('adminHistory.everything')}
          searching={isSearching(view)}
          cursor={view.cursor}
          onPage={cursor => look('cursor', cursor)}
        />
      </Box>
    </>
  );
}
