import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { JsonValue } from '@backstage/types';
import type { DriftItem } from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { valueText } from './driftLabels';

function Value({ value }: { value?: JsonValue }) {
  const t = useT();
  return value === undefined ? (
    <em>{t('adminProviders.drift.nothing')}</em>
  ) : (
    <>{valueText(value)}</>
  );
}

/** Ours and theirs side by side, field by field. */
export function DriftDiff({ item }: { item: DriftItem }) {
  const t = useT();
  if (item.differences.length === 0) {
    return null;
  }
  return (
    <TableContainer>
      <Table
        size="small"
        aria-label={t('adminProviders.drift.differences', {
          title: item.subject.title,
        })}
      >
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('adminProviders.drift.field')}</TableCell>
            <TableCell scope="col">{t('adminProviders.drift.ours')}</TableCell>
            <TableCell scope="col">
              {t('adminProviders.drift.theirs')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {item.differences.map(({ field, ours, theirs }) => (
            <TableRow key={field}>
              <TableCell component="th" scope="row" role="rowheader">
                {field}
              </TableCell>
              <TableCell style={{ overflowWrap: 'anywhere' }}>
                <Value value={ours} />
              </TableCell>
              <TableCell style={{ overflowWrap: 'anywhere' }}>
                <Value value={theirs} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
