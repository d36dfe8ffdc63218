import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import {
  formatKeyLifetime,
  formatPrice,
  formatQuota,
  formatRateLimit,
  type PlanLink,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';

/** What moving to another plan changes, side by side; what changes is bold. */
export function PlanComparison(props: {
  from: PlanLink;
  to: PlanLink;
  /** How each is given, where that is known. */
  access?: { from: string; to: string };
}) {
  const { from, to, access } = props;
  const t = useT();
  const lives = formatKeyLifetime(to.keyLifetime);
  const rows: [name: string, now: string, then: string][] = [
    [
      t('product.plans.rate'),
      formatRateLimit(from.rateLimit),
      formatRateLimit(to.rateLimit),
    ],
    [t('product.plans.quota'), formatQuota(from.quota), formatQuota(to.quota)],
    [
      t('product.plans.price'),
      formatPrice(from.pricing),
      formatPrice(to.pricing),
    ],
    [
      t('product.plans.keyLives'),
      formatKeyLifetime(from.keyLifetime),
      from.keyLifetime === to.keyLifetime
        ? lives
        : t('planChange.fromNextKeyOn', { lifetime: lives }),
    ],
    ...(access
      ? [
          [t('product.plans.access'), access.from, access.to] satisfies [
            string,
            string,
            string,
          ],
        ]
      : []),
  ];
  return (
    <Table size="small" aria-label={t('planChange.table')}>
      <TableHead>
        <TableRow>
          <td />
          <TableCell scope="col">
            {t('planChange.now', { plan: from.title })}
          </TableCell>
          <TableCell scope="col">
            {t('planChange.then', { plan: to.title })}
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(([name, now, then]) => (
          <TableRow key={name}>
            <TableCell component="th" scope="row" role="rowheader">
              {name}
            </TableCell>
            <TableCell>{now}</TableCell>
            <TableCell>
              {now === then ? then : <strong>{then}</strong>}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
