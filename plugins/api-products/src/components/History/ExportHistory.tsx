import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { useSaid } from '../../hooks/useSaid';
import { useT } from '../../hooks/useT';
import { Problem } from '../shared';
import type { HistoryFilter } from './HistoryList';

/** Hands a file to the browser. */
function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

const ENDINGS = { csv: 'csv', json: 'ndjson' };

/** All of the lines that are listed, as a file. */
export function ExportHistory({ filter }: { filter: HistoryFilter }) {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [said, say] = useSaid();
  const exporting = useAction(async (format: keyof typeof ENDINGS) => {
    say('');
    const file = await api.getHistoryExport({ ...filter, format });
    save(file, `api-products-history.${ENDINGS[format]}`);
    say(t('history.export.done'));
  });
  return (
    <>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
        {(['csv', 'json'] as const).map(format => (
          <Button
            key={format}
            size="small"
            variant="outlined"
            disabled={exporting.busy}
            onClick={() => exporting.run(format)}
          >
            {t(`history.export.${format}`)}
          </Button>
        ))}
        <Typography variant="body2" component="span" role="status">
          {exporting.busy ? t('history.export.busy') : said}
        </Typography>
      </Box>
      <Problem title={t('history.export.failed')} error={exporting.error} />
    </>
  );
}
