/** Says exactly who would lose access before anything is deleted, and has the name typed. */
import { useState } from 'react';
import Box from '@material-ui/core/Box';
import DialogContentText from '@material-ui/core/DialogContentText';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  formatNumber,
  type DeletionImpact,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { ConfirmDialog, ErrorState, LoadingSkeleton } from '../shared';

function Impact({ impact }: { impact: DeletionImpact }) {
  const t = useT();
  const { subscriptions, totalSubscriptions, pendingRequests, obstacle } =
    impact;
  const more = totalSubscriptions - subscriptions.length;
  return (
    <Box mb={2} style={{ overflowWrap: 'anywhere' }}>
      {totalSubscriptions === 0 ? (
        <Typography variant="body2">{t('admin.delete.nobody')}</Typography>
      ) : (
        <>
          <Typography variant="body2" color="error" role="alert">
            {t('admin.delete.refused', { count: totalSubscriptions })}
          </Typography>
          <Typography
            component="ul"
            variant="body2"
            aria-label={t('admin.delete.list')}
          >
            {subscriptions.map(item => (
              <li key={item.id}>
                {t('admin.delete.item', {
                  ...item,
                  owner: refName(item.owner),
                })}
              </li>
            ))}
            {more > 0 && (
              <li>{t('admin.delete.more', { number: formatNumber(more) })}</li>
            )}
          </Typography>
        </>
      )}
      {pendingRequests > 0 && (
        <Typography variant="body2">
          {t('admin.delete.requests', { count: pendingRequests })}
        </Typography>
      )}
      {obstacle && totalSubscriptions === 0 && (
        <Typography variant="body2" color="error" role="alert">
          {t('admin.delete.obstacle', { message: obstacle })}
        </Typography>
      )}
    </Box>
  );
}

/** Catalogues have no subscribers. */
const NOBODY: DeletionImpact = {
  subscriptions: [],
  totalSubscriptions: 0,
  pendingRequests: 0,
};

export function DeleteDialog(props: {
  /** As people know it. */
  title: string;
  /** What has to be typed. */
  name: string;
  explain?: string;
  loadImpact?: (signal: AbortSignal) => Promise<DeletionImpact>;
  onDelete: (confirm: string) => Promise<void>;
  onClose: () => void;
}) {
  const { title, name, explain, loadImpact, onDelete, onClose } = props;
  const t = useT();
  const id = useUniqueId('delete');
  const [typed, setTyped] = useState('');
  const impact = useResource(`impact ${name}`, async signal =>
    loadImpact ? loadImpact(signal) : NOBODY,
  );
  const may = impact.value?.totalSubscriptions === 0 && !impact.value.obstacle;

  return (
    <ConfirmDialog
      title={t('admin.delete.title', { name: title })}
      confirm={t('admin.delete.confirm')}
      busy={t('admin.delete.busy')}
      failed={t('admin.delete.failed')}
      disabled={!may || typed !== name}
      onConfirm={() => onDelete(typed)}
      onClose={onClose}
    >
      <DialogContentText>
        {explain ?? t('admin.delete.explain')}
      </DialogContentText>
      {impact.value && loadImpact && <Impact impact={impact.value} />}
      {!impact.value && impact.error && (
        <ErrorState
          title={t('admin.delete.impactFailed')}
          error={impact.error}
          onRetry={impact.reload}
        />
      )}
      {!impact.value && !impact.error && (
        <LoadingSkeleton
          label={t('admin.delete.loading')}
          variant="text"
          count={2}
        />
      )}
      {may && (
        <TextField
          id={id}
          label={t('admin.delete.type', { name })}
          fullWidth
          autoComplete="off"
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      )}
    </ConfirmDialog>
  );
}
