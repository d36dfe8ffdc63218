import { useEffect, useRef, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import { useT } from '../../hooks/useT';
import { Problem, Why } from '../shared';
import { useRequestHeading } from './requestWords';
import { RejectDialog } from './RejectDialog';
import type { Many, ManyOutcome } from './useMany';

/**
 * Approve and reject what is marked. It stands above the list and keeps its place: what becomes of the list does not
 * move the buttons, and after a decision they do nothing for a moment.
 */
export function DecideMany({ many }: { many: Many }) {
  const { decidable, marked, busy, settled, error } = many;
  const t = useT();
  const [rejecting, setRejecting] = useState(false);
  const number = String(marked.length);
  const none = marked.length === 0;
  const approve = none
    ? t('approvals.many.approveNone')
    : t('approvals.many.approve', { number });
  const off = none || busy || !settled;
  return (
    <>
      {decidable.length > 0 && (
        <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={marked.length === decidable.length}
                indeterminate={!none && marked.length < decidable.length}
                disabled={busy || !settled}
                onChange={(_, isMarked) => many.mark(decidable, isMarked)}
              />
            }
            label={t('approvals.many.all')}
          />
          <Button
            color="primary"
            variant="contained"
            disabled={off}
            onClick={() => many.decide()}
          >
            {busy && !rejecting ? t('approvals.decide.approving') : approve}
          </Button>
          <Button
            variant="outlined"
            disabled={off}
            onClick={() => {
              many.reset();
              setRejecting(true);
            }}
          >
            {none
              ? t('approvals.many.rejectNone')
              : t('approvals.many.reject', { number })}
          </Button>
        </Box>
      )}
      <Outcome outcome={many.outcome} />
      {error && !rejecting && (
        <Problem title={t('approvals.many.failed')} error={error} />
      )}
      {rejecting && (
        <RejectDialog
          requests={marked}
          busy={busy}
          error={error}
          onReject={async comment => {
            if (await many.decide(comment)) {
              setRejecting(false);
            }
          }}
          onClose={() => setRejecting(false)}
        />
      )}
    </>
  );
}

/** What became of it, in words that take the focus. */
function Outcome({ outcome }: { outcome?: ManyOutcome }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (outcome) {
      place.current?.focus();
    }
  }, [outcome]);
  return (
    <div role="status" ref={place} tabIndex={-1} style={{ minHeight: 28 }}>
      {outcome && <OutcomeWords outcome={outcome} />}
    </div>
  );
}

function OutcomeWords({ outcome }: { outcome: ManyOutcome }) {
  const t = useT();
  const headingOf = useRequestHeading();
  const { decision, count, refused } = outcome;
  const done = { number: String(count) };
  const decided =
    decision === 'approved'
      ? t('approvals.many.approved', done)
      : t('approvals.many.rejected', done);
  return (
    <Typography variant="body2" component="div">
      {count === 0 ? t('approvals.many.nothing') : decided}
      {refused.length > 0 &&
        ` ${t('approvals.many.not', { number: String(refused.length) })}`}
      {refused.map(({ request, error }) => (
        <div key={request.id}>
          {headingOf(request)}
          {': '}
          <Why error={error} />
        </div>
      ))}
    </Typography>
  );
}
