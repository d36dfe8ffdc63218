import Button from '@material-ui/core/Button';
import { useApi } from '@backstage/core-plugin-api';
import type { OwnerlessItem } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { refName } from '../../../hooks/refName';
import { useT } from '../../../hooks/useT';
import { Link } from '../../backstage';
import { DeleteDialog } from '../DeleteDialog';
import { LeftBehind } from './LeftBehind';
import { NewOwnerDialog } from './NewOwnerDialog';
import { useDeletion } from './useDeletion';
import { useKindName } from './useKindName';
import { useLeftBehind } from './useLeftBehind';

type Open = { dialog: 'owner' | 'delete'; item: OwnerlessItem };

function Deletion(props: {
  item: OwnerlessItem;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const { item, onDeleted, onClose } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const deletionOf = useDeletion();
  const { kind, ref } = item;
  const deletion =
    kind === 'application' || ref === undefined
      ? { remove: () => api.deleteApplication(item.id) }
      : deletionOf({ ...item, kind, ref });
  return (
    <DeleteDialog
      title={item.title}
      name={item.name}
      {...(kind === 'application' && {
        explain: t('adminCleanUp.ownerless.deleteExplain'),
      })}
      {...('loadImpact' in deletion && { loadImpact: deletion.loadImpact })}
      onDelete={async confirm => {
        await deletion.remove(confirm);
        onDeleted();
      }}
      onClose={onClose}
    />
  );
}

/** Of what comes from Git, the owner is changed there. */
function WhatToDo(props: {
  item: OwnerlessItem;
  onOpen: (dialog: Open['dialog']) => void;
}) {
  const { item, onOpen } = props;
  const t = useT();
  if (item.origin === 'catalog') {
    return item.editUrl ? (
      <Link
        to={item.editUrl}
        aria-label={t('admin.editInGitLabel', { name: item.title })}
      >
        {t('admin.editInGit')}
      </Link>
    ) : (
      <>{t('adminCleanUp.ownerless.inGit')}</>
    );
  }
  return (
    <>
      <Button
        size="small"
        color="primary"
        aria-label={t('adminCleanUp.ownerless.giveLabel', {
          title: item.title,
        })}
        onClick={() => onOpen('owner')}
      >
        {t('adminCleanUp.ownerless.give')}
      </Button>
      <Button
        size="small"
        aria-label={t('admin.deleteLabel', { name: item.title })}
        onClick={() => onOpen('delete')}
      >
        {t('admin.deleteAction')}
      </Button>
    </>
  );
}

/** What belongs to groups and people that the catalog has no longer. */
export function Ownerless() {
  const t = useT();
  const kindName = useKindName();
  const { page, said, open, setOpen, setCursor, close, done } = useLeftBehind<
    OwnerlessItem,
    Open
  >('ownerless', (client, query, options) =>
    client.listOwnerless(query, options),
  );

  return (
    <>
      <LeftBehind
        page={page}
        said={said}
        labels={{
          title: t('adminCleanUp.ownerless.title'),
          explain: t('adminCleanUp.ownerless.explain'),
          table: t('adminCleanUp.ownerless.table'),
          loading: t('adminCleanUp.ownerless.loading'),
          failed: t('adminCleanUp.ownerless.failed'),
          pages: t('adminCleanUp.ownerless.pages'),
        }}
        columns={[
          [
            t('adminCleanUp.column.what'),
            item => `${item.title} (${kindName(item.kind)})`,
          ],
          [t('adminCleanUp.column.owner'), item => refName(item.owner)],
          [
            t('adminCleanUp.column.actions'),
            item => (
              <WhatToDo
                item={item}
                onOpen={dialog => setOpen({ dialog, item })}
              />
            ),
          ],
        ]}
        keyOf={({ id }) => id}
        onPage={setCursor}
      />
      {open?.dialog === 'owner' && (
        <NewOwnerDialog
          item={open.item}
          onGiven={owner =>
            done(
              t('adminCleanUp.ownerless.given', {
                title: open.item.title,
                owner: refName(owner),
              }),
            )
          }
          onClose={close}
        />
      )}
      {open?.dialog === 'delete' && (
        <Deletion
          item={open.item}
          onDeleted={() =>
            done(t('admin.delete.deleted', { name: open.item.title }))
          }
          onClose={close}
        />
      )}
    </>
  );
}
