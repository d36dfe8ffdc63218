import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type {
  GoneRecord,
  GoneRecordSuccessor,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { refName } from '../../../hooks/refName';
import { useT } from '../../../hooks/useT';
import { ConfirmDialog, EntityName, RelativeTime } from '../../shared';
import { DeleteDialog } from '../DeleteDialog';
import { LeftBehind } from './LeftBehind';
import { useDeletion } from './useDeletion';
import { useKindName } from './useKindName';
import { useLeftBehind } from './useLeftBehind';

function useUseText(): (
  uses: Pick<GoneRecord, 'liveSubscriptions' | 'pendingRequests'>,
) => string {
  const t = useT();
  return ({ liveSubscriptions, pendingRequests }) => {
    const parts = [
      ...(liveSubscriptions > 0
        ? [t('adminCleanUp.subscriptions', { count: liveSubscriptions })]
        : []),
      ...(pendingRequests > 0
        ? [t('adminCleanUp.requests', { count: pendingRequests })]
        : []),
    ];
    return parts.length > 0 ? parts.join(', ') : t('adminCleanUp.unused');
  };
}

function Successor(props: {
  record: GoneRecord;
  successor: GoneRecordSuccessor;
  onConfirm: () => void;
}) {
  const { record, successor, onConfirm } = props;
  const t = useT();
  const name = refName(successor.ref);
  if (successor.confirmedBy) {
    return (
      <Typography variant="body2">
        {t('adminCleanUp.gone.confirmed', { name })}
      </Typography>
    );
  }
  if (successor.liveSubscriptions + successor.pendingRequests > 0) {
    return (
      <Typography variant="body2">
        {t('adminCleanUp.gone.inUse', { name })}
      </Typography>
    );
  }
  return (
    <Box>
      <Button
        size="small"
        color="primary"
        aria-label={t('adminCleanUp.gone.goesOnLabel', {
          title: record.title,
          name,
        })}
        onClick={onConfirm}
      >
        {t('adminCleanUp.gone.goesOn', { name })}
      </Button>
      {successor.saysSo && (
        <Typography variant="caption" component="span">
          {t('adminCleanUp.gone.saysSo')}
        </Typography>
      )}
    </Box>
  );
}

type Open =
  | { dialog: 'delete'; record: GoneRecord }
  | { dialog: 'rename'; record: GoneRecord; successor: GoneRecordSuccessor };

/** Records of Git whose entity is gone. */
export function GoneRecords() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const kindName = useKindName();
  const inUse = useUseText();
  const deletionOf = useDeletion();
  const { page, said, open, setOpen, setCursor, close, done } = useLeftBehind<
    GoneRecord,
    Open
  >('gone records', (client, query, options) =>
    client.listGoneRecords(query, options),
  );

  return (
    <>
      <LeftBehind
        page={page}
        said={said}
        labels={{
          title: t('adminCleanUp.gone.title'),
          explain: t('adminCleanUp.gone.explain'),
          table: t('adminCleanUp.gone.table'),
          loading: t('adminCleanUp.gone.loading'),
          failed: t('adminCleanUp.gone.failed'),
          pages: t('adminCleanUp.gone.pages'),
        }}
        columns={[
          [
            t('adminCleanUp.column.what'),
            record =>
              `${record.title} (${kindName(record.kind)} ${refName(
                record.ref,
              )})`,
          ],
          [
            t('adminCleanUp.column.owner'),
            record => <EntityName entityRef={record.owner} />,
          ],
          [
            t('adminCleanUp.column.since'),
            record => <RelativeTime at={record.goneSince} />,
          ],
          [t('adminCleanUp.column.use'), record => inUse(record)],
          [
            t('adminCleanUp.column.actions'),
            record => (
              <>
                {record.successors.map(successor => (
                  <Successor
                    key={successor.ref}
                    record={record}
                    successor={successor}
                    onConfirm={() =>
                      setOpen({ dialog: 'rename', record, successor })
                    }
                  />
                ))}
                <Button
                  size="small"
                  aria-label={t('admin.deleteLabel', { name: record.title })}
                  onClick={() => setOpen({ dialog: 'delete', record })}
                >
                  {t('admin.deleteAction')}
                </Button>
              </>
            ),
          ],
        ]}
        keyOf={({ ref }) => ref}
        onPage={setCursor}
      />
      {open?.dialog === 'delete' && (
        <DeleteDialog
          title={open.record.title}
          name={open.record.name}
          loadImpact={deletionOf(open.record).loadImpact}
          onDelete={async confirm => {
            await deletionOf(open.record).remove(confirm);
            done(t('admin.delete.deleted', { name: open.record.title }));
          }}
          onClose={close}
        />
      )}
      {open?.dialog === 'rename' && (
        <ConfirmDialog
          title={t('adminCleanUp.gone.dialogTitle', {
            title: open.record.title,
            name: refName(open.successor.ref),
          })}
          confirm={t('adminCleanUp.gone.confirm')}
          busy={t('adminCleanUp.gone.confirming')}
          failed={t('adminCleanUp.gone.confirmFailed')}
          onConfirm={async () => {
            await api.confirmRename({
              from: open.record.ref,
              to: open.successor.ref,
            });
            done(
              t('adminCleanUp.gone.said', {
                title: open.record.title,
                name: refName(open.successor.ref),
              }),
            );
          }}
          onClose={close}
        >
          <DialogContentText>
            {t('adminCleanUp.gone.dialogExplain', {
              former: refName(open.record.ref),
              formerOwner: refName(open.record.owner),
              name: refName(open.successor.ref),
              owner: refName(open.successor.owner),
            })}
          </DialogContentText>
        </ConfirmDialog>
      )}
    </>
  );
}
