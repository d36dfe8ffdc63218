/**
 * Approve and reject. A refusal by the server is told in words: decided meanwhile and by whom, edited since, or not
 * allowed. What has become of the request is read again, never guessed from the refusal.
 */
import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { serverErrorOf } from '../../hooks/serverError';
import { useAction } from '../../hooks/useAction';
import { useT } from '../../hooks/useT';
import { EntityName, Problem } from '../shared';
import { RejectDialog } from './RejectDialog';

const statusOf = (error: Error | undefined): number | undefined =>
  error && serverErrorOf(error).status;

/** What the request has become while it was looked at. */
function Meanwhile({ request }: { request: AccessRequest }) {
  const t = useT();
  const { status, decision } = request;
  if (status === 'pending') {
    return <>{t('approvals.decide.edited')}</>;
  }
  if (!decision) {
    return <>{t('approvals.decide.meanwhileEnded')}</>;
  }
  const person = decision.by ? (
    <EntityName entityRef={decision.by} />
  ) : (
    <>{t('approvals.decide.automatic')}</>
  );
  return decision.decision === 'approved'
    ? t('approvals.decide.meanwhileApproved', { person })
    : t('approvals.decide.meanwhileRejected', { person });
}

/** @internal */
export function Decide(props: {
  request: AccessRequest;
  onDecided: (request: AccessRequest) => void;
  /** Reads the request again. */
  onStale: () => void;
}) {
  const { request, onDecided, onStale } = props;
  const { id, revision, actions } = request;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [rejecting, setRejecting] = useState(false);
  /** Revision that the server no longer had. */
  const [stale, setStale] = useState<number>();

  const decide = useAction(async (comment?: string) => {
    setStale(undefined);
    try {
      onDecided(
        comment === undefined
          ? await api.approveAccessRequest(id, { revision })
          : await api.rejectAccessRequest(id, { revision, comment }),
      );
    } catch (error) {
      if (error instanceof Error && statusOf(error) === 409) {
        setStale(revision);
        setRejecting(false);
        onStale();
      }
      throw error;
    }
  });
  // Until the request has been read again, the server's own words stand here.
  const known = stale !== undefined && request.revision !== stale;
  const title =
    statusOf(decide.error) === 403
      ? t('approvals.decide.forbidden')
      : t('approvals.decide.failed');

  return (
    <>
      {known ? (
        <Typography role="alert" color="error">
          <Meanwhile request={request} />
        </Typography>
      ) : (
        <Problem title={title} error={rejecting ? undefined : decide.error} />
      )}
      <Box display="flex" flexWrap="wrap" gridGap={8} mt={2}>
        {actions.includes('approve') && (
          <Button
            color="primary"
            variant="contained"
            disabled={decide.busy}
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
            disabled={decide.busy}
            onClick={() => {
              decide.reset();
              setRejecting(true);
            }}
          >
            {t('approvals.decide.reject')}
          </Button>
        )}
      </Box>
      {rejecting && (
        <RejectDialog
          request={request}
          busy={decide.busy}
          error={decide.error}
          onReject={comment => decide.run(comment)}
          onClose={() => setRejecting(false)}
        />
      )}
    </>
  );
}
