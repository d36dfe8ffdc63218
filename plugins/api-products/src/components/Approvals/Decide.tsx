/**
 * Approve and reject. What others do to the request meanwhile is said below the buttons and shown when it is asked for:
 * nothing that a person is about to press moves or turns into something else.
 */
import { useEffect, useRef, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { serverErrorOf } from '../../hooks/serverError';
import { useAction } from '../../hooks/useAction';
import { useT } from '../../hooks/useT';
import { Problem } from '../shared';
import { Meanwhile } from './Meanwhile';
import { RejectDialog } from './RejectDialog';

const statusOf = (error: Error | undefined): number | undefined =>
  error && serverErrorOf(error).status;

interface DecideProps {
  request: AccessRequest;
  /** What it has become. */
  news?: AccessRequest;
  /** Whether it has been in view long enough for a click to be meant. */
  settled: boolean;
  onDecided: (request: AccessRequest) => void;
  /** Reads the request again. */
  onStale: () => void;
  /** Shows what it has become. */
  onShow: () => void;
}

export function Decide(props: DecideProps) {
  const { request, news, settled, onDecided, onStale, onShow } = props;
  const { id, revision, actions } = request;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [rejecting, setRejecting] = useState(false);
  const meanwhile = useRef<HTMLDivElement>(null);

  const decide = useAction(async (comment?: string) => {
    try {
      onDecided(
        comment === undefined
          ? await api.approveAccessRequest(id, { revision })
          : await api.rejectAccessRequest(id, { revision, comment }),
      );
    } catch (error) {
      if (error instanceof Error && statusOf(error) === 409) {
        setRejecting(false);
        onStale();
      }
      throw error;
    }
  });
  const refusedAsStale = statusOf(decide.error) === 409;
  useEffect(() => {
    if (refusedAsStale && news) {
      meanwhile.current?.focus();
    }
  }, [refusedAsStale, news]);

  const off = decide.busy || !settled || news !== undefined;
  const title =
    statusOf(decide.error) === 403
      ? t('approvals.decide.forbidden')
      : t('approvals.decide.failed');
  return (
    <>
      <Box display="flex" flexWrap="wrap" gridGap={8}>
        {actions.includes('approve') && (
          <Button
            color="primary"
            variant="contained"
            disabled={off}
            onClick={() => decide.run()}
          >
            {t(
              decide.busy
                ? 'approvals.decide.approving'
                : 'approvals.decide.approve',
            )}
          </Button>
        )}
        {actions.includes('reject') && (
          <Button
            variant="outlined"
            disabled={off}
            onClick={() => {
              decide.reset();
              setRejecting(true);
            }}
          >
            {t('approvals.decide.reject')}
          </Button>
        )}
      </Box>
      {/* Keeps its place, so that the buttons keep theirs. */}
      <div
        role="status"
        ref={meanwhile}
        tabIndex={-1}
        style={{ minHeight: 28 }}
      >
        {news && (
          <Typography variant="body2" component="div">
            <Meanwhile request={news} />{' '}
            <Button
              color="primary"
              size="small"
              onClick={() => {
                decide.reset();
                onShow();
              }}
            >
              {t('approvals.decide.show')}
            </Button>
          </Typography>
        )}
      </div>
      <Problem
        title={title}
        error={rejecting || (refusedAsStale && news) ? undefined : decide.error}
      />
      {rejecting && (
        <RejectDialog
          requests={[request]}
          busy={decide.busy}
          error={decide.error}
          onReject={comment => decide.run(comment)}
          onClose={() => setRejecting(false)}
        />
      )}
    </>
  );
}
