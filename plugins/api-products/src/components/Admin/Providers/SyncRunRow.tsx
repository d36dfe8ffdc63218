import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import type { SyncRun } from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { EntityName } from '../../shared';
import { SyncItems } from './SyncItems';
import { SyncText } from './SyncText';
import { useCountsText } from './useCountsText';

function Trigger({ run }: { run: SyncRun }) {
  const t = useT();
  return run.trigger === 'request' && run.requestedBy ? (
    <>
      {t('adminProviders.synchronisation.trigger.requestBy', {
        person: <EntityName entityRef={run.requestedBy} />,
      })}
    </>
  ) : (
    <>{t(`adminProviders.synchronisation.trigger.${run.trigger}`)}</>
  );
}

/** One synchronisation; opened, it says what it did to which policy and why. */
export function SyncRunRow({ run }: { run: SyncRun }) {
  const countsText = useCountsText();
  return (
    <Accordion variant="outlined" TransitionProps={{ unmountOnExit: true }}>
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id={`sync-run-${run.id}`}
        aria-controls={`sync-run-${run.id}-items`}
      >
        <Box display="flex" flexWrap="wrap" gridGap={12} alignItems="baseline">
          <Typography variant="body2" component="span">
            <SyncText run={run} />
          </Typography>
          <Typography variant="body2" component="span">
            {countsText(run)}
          </Typography>
          <Typography variant="body2" component="span" color="textSecondary">
            <Trigger run={run} />
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails id={`sync-run-${run.id}-items`}>
        <Box width="100%">
          {run.message && run.status !== 'failed' && (
            <Typography variant="body2" paragraph>
              {run.message}
            </Typography>
          )}
          <SyncItems items={run.items} />
        </Box>
      </AccordionDetails>
    </Accordion>
  );
}
