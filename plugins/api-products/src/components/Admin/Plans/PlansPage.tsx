import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatKeyLifetime,
  formatPrice,
  formatQuota,
  formatRateLimit,
  type Plan,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';
import { useSaid } from '../../../hooks/useSaid';
import { useT } from '../../../hooks/useT';
import { EntityName } from '../../shared';
import { DeleteDialog } from '../DeleteDialog';
import { ListFrame } from '../ListFrame';
import { OriginText } from '../OriginText';
import { recordName } from '../recordName';
import { RecordNotes } from '../RecordNotes';
import { RecordTable, type RecordTableProps } from '../RecordTable';
import { useListQuery } from '../useListQuery';
import { PlanDialog } from './PlanDialog';

const PAGE_SIZE = 20;

function usePlanColumns(): RecordTableProps<Plan>['columns'] {
  const t = useT();
  return [
    [
      t('adminPlans.column.plan'),
      plan => (
        <>
          {plan.title} <RecordNotes record={plan} />
        </>
      ),
    ],
    [
      t('adminPlans.column.owner'),
      plan => <EntityName entityRef={plan.owner} link />,
    ],
    [
      t('adminPlans.column.billing'),
      plan => t(`admin.billing.${plan.pricing.mode}`),
    ],
    [t('adminPlans.column.price'), plan => formatPrice(plan.pricing)],
    [t('adminPlans.column.rate'), plan => formatRateLimit(plan.rateLimit)],
    [t('adminPlans.column.quota'), plan => formatQuota(plan.quota)],
    [
      t('adminPlans.column.keyLives'),
      plan => formatKeyLifetime(plan.keyLifetime),
    ],
    [
      t('adminPlans.column.approval'),
      plan => t(`adminPlans.approval.${plan.approval.mode}`),
    ],
    [t('adminPlans.column.origin'), plan => <OriginText record={plan} />],
  ];
}

type Open = { dialog: 'add' } | { dialog: 'edit' | 'delete'; plan: Plan };

/** Every plan with its limits; the server searches and pages. */
export function PlansPage() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const query = useListQuery();
  const { q, cursor } = query;
  const columns = usePlanColumns();
  const [open, setOpen] = useState<Open>();
  const [said, say] = useSaid();
  const plans = useResource(
    `admin plans ${q} ${cursor ?? ''}`,
    signal =>
      api.listPlans(
        { ...(q && { q }), ...(cursor && { cursor }), limit: PAGE_SIZE },
        { signal },
      ),
    { keepPrevious: true },
  );
  useRefreshSignal(plans.reloadSoon);
  const close = () => setOpen(undefined);
  const done = (what: string) => {
    close();
    say(what);
    plans.reload();
  };
  const saved = ({ title }: Plan) =>
    done(t('adminPlans.saved', { name: title }));

  return (
    <>
      <ListFrame
        page={plans}
        query={query}
        said={said}
        labels={{
          search: t('adminPlans.search'),
          add: t('adminPlans.add'),
          loading: t('adminPlans.loading'),
          failed: t('adminPlans.failed'),
          emptyTitle: t('adminPlans.emptyTitle'),
          emptyDescription: t('adminPlans.emptyDescription'),
          noMatch: t('adminPlans.noMatch'),
          pages: t('adminPlans.pages'),
        }}
        onAdd={() => setOpen({ dialog: 'add' })}
      >
        {items => (
          <RecordTable
            label={t('adminPlans.table')}
            columns={columns}
            records={items}
            onEdit={plan => setOpen({ dialog: 'edit', plan })}
            onDelete={plan => setOpen({ dialog: 'delete', plan })}
          />
        )}
      </ListFrame>
      {open?.dialog === 'add' && <PlanDialog onSaved={saved} onClose={close} />}
      {open?.dialog === 'edit' && (
        <PlanDialog plan={open.plan} onSaved={saved} onClose={close} />
      )}
      {open?.dialog === 'delete' && (
        <DeleteDialog
          title={open.plan.title}
          name={open.plan.name}
          loadImpact={signal =>
            api.getPlanDeletionImpact(recordName(open.plan), { signal })
          }
          onDelete={async confirm => {
            await api.deletePlan(recordName(open.plan), confirm);
            done(t('admin.delete.deleted', { name: open.plan.title }));
          }}
          onClose={close}
        />
      )}
    </>
  );
}
