import type { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { CatalogueAction } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { useTableStyles } from '../shared';

export interface RecordTableProps<T> {
  label: string;
  /** The first one names the record; the buttons stand behind the last one. */
  columns: [title: string, cell: (record: T) => ReactNode][];
  records: T[];
  onEdit: (record: T) => void;
  onDelete: (record: T) => void;
}

/** Records as rows, each with what the reader may do with it. */
export function RecordTable<
  T extends { ref: string; title: string; actions: CatalogueAction[] },
>(props: RecordTableProps<T>) {
  const { label, columns, records, onEdit, onDelete } = props;
  const t = useT();
  const classes = useTableStyles();
  return (
    <TableContainer component={Paper}>
      <Table className={classes.table} size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map(([title]) => (
              <TableCell key={title} scope="col">
                {title}
              </TableCell>
            ))}
            <TableCell scope="col">{t('admin.actions')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {records.map(record => (
            <TableRow key={record.ref}>
              {columns.map(([title, cell], index) =>
                index === 0 ? (
                  <TableCell
                    key={title}
                    component="th"
                    scope="row"
                    role="rowheader"
                  >
                    {cell(record)}
                  </TableCell>
                ) : (
                  <TableCell key={title}>{cell(record)}</TableCell>
                ),
              )}
              <TableCell style={{ whiteSpace: 'nowrap' }}>
                {record.actions.includes('edit') && (
                  <Button
                    size="small"
                    aria-label={t('admin.editLabel', { name: record.title })}
                    onClick={() => onEdit(record)}
                  >
                    {t('admin.edit')}
                  </Button>
                )}
                {record.actions.includes('delete') && (
                  <Button
                    size="small"
                    aria-label={t('admin.deleteLabel', { name: record.title })}
                    onClick={() => onDelete(record)}
                  >
                    {t('admin.deleteAction')}
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
