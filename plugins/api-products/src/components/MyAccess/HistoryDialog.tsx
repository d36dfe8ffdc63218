/** The history of an application or a subscription, over the page; which one stands in the address. */
import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useSearchParams } from 'react-router-dom';
import type { Id } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { ExportHistory } from '../History/ExportHistory';
import { HistoryList } from '../History/HistoryList';

const PARAM = 'history';

/** On a page: a dialog is small. */
const LINES = 10;

type Noun = 'application' | 'subscription';

/** Opens the history of this. */
export function HistoryButton(props: { noun: Noun; id: Id; what: string }) {
  const { noun, id, what } = props;
  const t = useT();
  const [params, setParams] = useSearchParams();
  return (
    <Button
      size="small"
      aria-label={t('history.openLabel', { what })}
      onClick={() => {
        const next = new URLSearchParams(params);
        next.set(PARAM, `${noun}:${id}`);
        setParams(next);
      }}
    >
      {t('history.open')}
    </Button>
  );
}

/** Open where the address says so. */
export function HistoryDialog(props: {
  /** What is called like that on the page. */
  nameOf: (noun: Noun, id: Id) => string | undefined;
}) {
  const t = useT();
  const titleId = useUniqueId('history-dialog');
  const [params, setParams] = useSearchParams();
  const [page, setPage] = useState<{ of: string; cursor: string }>();
  const shown = params.get(PARAM) ?? '';
  const [, noun, id] = /^(application|subscription):(.+)$/.exec(shown) ?? [];
  if (noun !== 'application' && noun !== 'subscription') {
    return null;
  }
  const what = props.nameOf(noun, id);
  const title = what ? t('history.list', { what }) : t('history.title');
  const filter = { [noun]: id };
  const close = () => {
    const next = new URLSearchParams(params);
    next.delete(PARAM);
    setParams(next);
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
      onClose={close}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <HistoryList
          filter={filter}
          label={title}
          limit={LINES}
          cursor={page?.of === shown ? page.cursor : undefined}
          onPage={cursor => setPage({ of: shown, cursor })}
        />
      </DialogContent>
      <DialogActions>
        <ExportHistory filter={filter} />
        <Button onClick={close}>{t('history.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
