import { useEffect, useRef } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { useRequestedPlan } from '../../hooks/useRequestedPlan';
import { useT } from '../../hooks/useT';
import { useOutcomeWords } from './requestWords';

/**
 * What was just decided here, in the place of the buttons: the second half of a double click finds words there. The way
 * to the next request stands below.
 */
export function Outcome(props: {
  request: AccessRequest;
  next?: AccessRequest;
  onNext: (next: AccessRequest) => void;
}) {
  const { request, next, onNext } = props;
  const t = useT();
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.focus(), []);
  const requestedPlan = useRequestedPlan();
  const outcomeOf = useOutcomeWords();
  return (
    <>
      <Typography
        ref={place}
        role="status"
        tabIndex={-1}
        style={{ minHeight: 48 }}
      >
        {outcomeOf(request)}
      </Typography>
      {next && (
        <Box mt={1}>
          <Button color="primary" onClick={() => onNext(next)}>
            {t('approvals.decide.next', {
              product: next.product.title,
              plan: requestedPlan(next),
              application: next.application.name,
            })}
          </Button>
        </Box>
      )}
    </>
  );
}
