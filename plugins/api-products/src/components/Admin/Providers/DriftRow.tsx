import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import type { DriftItem } from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { EntityName, RelativeTime, StatusText } from '../../shared';
import { DriftActions } from './DriftActions';
import { DriftDiff } from './DriftDiff';
import { DRIFT_TONES } from './driftLabels';

function Summary({ item }: { item: DriftItem }) {
  const t = useT();
  const { kind, subject, message, status } = item;
  return (
    <Box style={{ overflowWrap: 'anywhere' }}>
      <Typography variant="body1" component="div">
        <strong>{subject.title}</strong>
        {` (${t(`adminProviders.drift.subject.${subject.kind}`)}) · ${t(
          `adminProviders.drift.kind.${kind}`,
        )} `}
        {status !== 'open' && (
          <StatusText tone={DRIFT_TONES[status]}>
            {t(`adminProviders.drift.status.${status}`)}
          </StatusText>
        )}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {message}
      </Typography>
    </Box>
  );
}

function Resolution({ item }: { item: DriftItem }) {
  const t = useT();
  const { resolution } = item;
  if (!resolution) {
    return null;
  }
  return (
    <>
      {' · '}
      {t(`adminProviders.drift.action.${resolution.action}`)}{' '}
      {resolution.by &&
        t('adminProviders.drift.resolvedBy', {
          person: <EntityName entityRef={resolution.by} />,
        })}{' '}
      <RelativeTime at={resolution.at} />
    </>
  );
}

/** A difference; opened, it shows both sides and what can be done. */
export function DriftRow(props: {
  item: DriftItem;
  onBegun: (item: DriftItem) => void;
}) {
  const { item, onBegun } = props;
  const t = useT();
  return (
    <Accordion variant="outlined" TransitionProps={{ unmountOnExit: true }}>
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id={`drift-${item.id}`}
        aria-controls={`drift-${item.id}-detail`}
      >
        <Summary item={item} />
      </AccordionSummary>
      <AccordionDetails id={`drift-${item.id}-detail`}>
        <Box width="100%" minWidth={0}>
          <DriftDiff item={item} />
          <Typography variant="body2" color="textSecondary">
            {t('adminProviders.drift.found')}{' '}
            <RelativeTime at={item.createdAt} />
            {` · ${t('adminProviders.drift.seen', { count: item.seen })}`}
            <Resolution item={item} />
          </Typography>
          {item.lastError && (
            <Typography variant="body2" color="error">
              {t('adminProviders.drift.lastError', { message: item.lastError })}
            </Typography>
          )}
          {item.status === 'repairing' ? (
            <StatusText tone="waiting">
              {t('adminProviders.drift.repairing')}
            </StatusText>
          ) : (
            <DriftActions item={item} onBegun={onBegun} />
          )}
        </Box>
      </AccordionDetails>
    </Accordion>
  );
}
