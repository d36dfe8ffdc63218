import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Catalogue } from 'backstage-plugin-api-products-common';
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
import { RecordTable } from '../RecordTable';
import { useListQuery } from '../useListQuery';
import { CatalogueDialog } from './CatalogueDialog';

const PAGE_SIZE = 20;

function Audience({ catalogue }: { catalogue: Catalogue }) {
  const t = useT();
  const { visibility, audience = [] } = catalogue;
  if (visibility === 'public') {
    return <>{t('admin.everyone')}</>;
  }
  if (audience.length === 0) {
    return <>{t('adminCatalogues.nobody')}</>;
  }
  return (
    <>
      {audience.map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <EntityName entityRef={ref} link />
        </span>
      ))}
    </>
  );
}

type Open =
  | { dialog: 'add' }
  | { dialog: 'edit' | 'delete'; catalogue: Catalogue };

/** Every catalogue with who sees it; the server searches and pages. */
export function CataloguesPage() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const query = useListQuery();
  const { q, cursor } = query;
  const [open, setOpen] = useState<Open>();
  const [said, say] = useSaid();
  const catalogues = useResource(
    `admin catalogues ${q} ${cursor ?? ''}`,
    signal =>
      api.listCatalogues(
        { ...(q && { q }), ...(cursor && { cursor }), limit: PAGE_SIZE },
        { signal },
      ),
    { keepPrevious: true },
  );
  useRefreshSignal(catalogues.reloadSoon);
  const close = () => setOpen(undefined);
  const done = (what: string) => {
    close();
    say(what);
    catalogues.reload();
  };
  const saved = ({ title }: Catalogue) =>
    done(t('adminCatalogues.saved', { name: title }));

  return (
    <>
      <ListFrame
        page={catalogues}
        query={query}
        said={said}
        labels={{
          search: t('adminCatalogues.search'),
          add: t('adminCatalogues.add'),
          loading: t('adminCatalogues.loading'),
          failed: t('adminCatalogues.failed'),
          emptyTitle: t('adminCatalogues.emptyTitle'),
          emptyDescription: t('adminCatalogues.emptyDescription'),
          noMatch: t('adminCatalogues.noMatch'),
          pages: t('adminCatalogues.pages'),
        }}
        onAdd={() => setOpen({ dialog: 'add' })}
      >
        {items => (
          <RecordTable
            label={t('adminCatalogues.table')}
            columns={[
              [t('adminCatalogues.column.catalogue'), item => item.title],
              [
                t('adminCatalogues.column.owner'),
                item => <EntityName entityRef={item.owner} link />,
              ],
              [
                t('adminCatalogues.column.audience'),
                item => <Audience catalogue={item} />,
              ],
              [
                t('adminCatalogues.column.origin'),
                item => <OriginText record={item} />,
              ],
            ]}
            records={items}
            onEdit={catalogue => setOpen({ dialog: 'edit', catalogue })}
            onDelete={catalogue => setOpen({ dialog: 'delete', catalogue })}
          />
        )}
      </ListFrame>
      {open?.dialog === 'add' && (
        <CatalogueDialog onSaved={saved} onClose={close} />
      )}
      {open?.dialog === 'edit' && (
        <CatalogueDialog
          catalogue={open.catalogue}
          onSaved={saved}
          onClose={close}
        />
      )}
      {open?.dialog === 'delete' && (
        <DeleteDialog
          title={open.catalogue.title}
          name={open.catalogue.name}
          explain={t('adminCatalogues.deleteExplain')}
          onDelete={async confirm => {
            await api.deleteCatalogue(recordName(open.catalogue), confirm);
            done(t('admin.delete.deleted', { name: open.catalogue.title }));
          }}
          onClose={close}
        />
      )}
    </>
  );
}
