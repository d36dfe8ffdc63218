import { useEffect, useRef, useState, type ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  formatKeyLifetime,
  formatLimits,
  formatPrice,
  type AccessRequest,
  type EntityRef,
  type Id,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { isNotForCaller } from '../../hooks/serverError';
import { useSettled } from '../../hooks/useSettled';
import { useT } from '../../hooks/useT';
import { usualWhen } from '../PlanChange/planChange';
import { PlanComparison } from '../PlanChange/PlanComparison';
import { useWhenWords } from '../PlanChange/useWhenWords';
import {
  EntityName,
  ErrorState,
  LoadingSkeleton,
  NotForYou,
  RelativeTime,
  Why,
} from '../shared';
import { Decide } from './Decide';
import { DecisionText } from './DecisionText';
import { Outcome } from './Outcome';
import { useRequestHeading } from './requestWords';
import { useOtherSubscriptions, useRequest } from './useApprovals';

const useStyles = makeStyles(
  theme => ({
    facts: {
      display: 'grid',
      gridTemplateColumns: 'minmax(90px, max-content) 1fr',
      gap: theme.spacing(1, 2),
      margin: theme.spacing(2, 0),
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
    },
    // In view however long the request is.
    decision: {
      position: 'sticky',
      bottom: 0,
      padding: theme.spacing(1, 0),
      backgroundColor: theme.palette.background.paper,
    },
  }),
  { name: 'ApiProductsRequestDetail' },
);

/** The wrapper that `dl` allows around a pair takes no part in the grid. */
const CONTENTS = { style: { display: 'contents' } } as const;

/** One access request, and the decision about it. */
export function RequestDetail(props: {
  id: Id;
  /** The signed-in person. */
  user?: EntityRef;
  /** Whether a person has just chosen it here: it comes into view and takes the focus. */
  chosen: boolean;
  /** Whether it has been in view long enough for a click to be meant. */
  settled: boolean;
  /** How often many were decided beside it, of which it may have been one. */
  manyDecided: number;
  /** What to look at after the decision. */
  next?: AccessRequest;
  onNext: (next: AccessRequest) => void;
  /** Leads to the list. */
  onBack: () => void;
  onDecided: (request: AccessRequest) => void;
}) {
  const { id, user, chosen, settled, manyDecided, next } = props;
  const { onNext, onBack, onDecided } = props;
  const t = useT();
  const classes = useStyles();
  const held = useRequest(id);
  const { reload } = held;
  useEffect(() => {
    if (manyDecided > 0) {
      reload();
    }
  }, [manyDecided, reload]);
  const [decided, setDecided] = useState<AccessRequest>();
  const [shows, setShows] = useState(0);
  const headingOf = useRequestHeading();
  const heading = useRef<HTMLHeadingElement>(null);
  const request = decided ?? held.value;
  const loaded = request !== undefined;
  const moves = chosen || shows > 0;
  useEffect(() => {
    if (loaded && moves) {
      heading.current?.focus();
    }
  }, [loaded, moves, shows]);
  const shownSettled = useSettled(String(shows));

  if (!request) {
    if (held.error && isNotForCaller(held.error)) {
      return (
        <NotForYou
          title={t('approvals.detail.missingTitle')}
          description={t('approvals.detail.missingDescription')}
          back={t('approvals.back')}
          onBack={onBack}
        />
      );
    }
    return held.error ? (
      <ErrorState
        title={t('approvals.detail.loadFailed')}
        error={held.error}
        onRetry={held.reload}
      />
    ) : (
      <LoadingSkeleton variant="text" count={6} />
    );
  }
  const { approvers, actions } = request;
  const names = approvers.map(refName).join(', ');
  const waits = request.status === 'pending' && !actions.includes('approve');
  return (
    <>
      <Typography variant="h6" component="h2" ref={heading} tabIndex={-1}>
        {headingOf(request)}
      </Typography>
      <Facts request={request} />
      {request.change && (
        <PlanComparison from={request.change.from} to={request.plan} />
      )}
      {request.status !== 'pending' && <DecisionText request={request} />}
      {waits && (
        <Typography>
          {request.requester === user
            ? t('approvals.detail.own', { approvers: names })
            : t('approvals.detail.notYours', { approvers: names })}
        </Typography>
      )}
      <div className={classes.decision}>
        {decided ? (
          <Outcome request={decided} next={next} onNext={onNext} />
        ) : (
          <Decide
            request={request}
            news={held.news}
            settled={settled && shownSettled}
            onStale={held.reload}
            onShow={() => {
              held.show();
              setShows(shows + 1);
            }}
            onDecided={answer => {
              setDecided(answer);
              onDecided(answer);
            }}
          />
        )}
      </div>
    </>
  );
}

function Facts({ request }: { request: AccessRequest }) {
  const { plan, change, application, acceptedTerms } = request;
  const t = useT();
  const whenWords = useWhenWords();
  const classes = useStyles();
  const facts: [string, ReactNode][] = [
    [
      t('approvals.detail.requester'),
      <EntityName entityRef={request.requester} link />,
    ],
    [
      t('approvals.detail.applicationOwner'),
      <EntityName entityRef={application.owner} link />,
    ],
  ];
  if (application.component) {
    facts.push([
      t('approvals.detail.component'),
      <EntityName entityRef={application.component} link />,
    ]);
  }
  facts.push(
    [t('approvals.detail.has'), <Has application={application.id} />],
    [
      t('approvals.detail.reason'),
      request.reason ? `“${request.reason}”` : t('approvals.detail.noReason'),
    ],
  );
  if (change) {
    const { from, when } = change;
    facts.push([
      t('planChange.when'),
      whenWords(from, when ?? usualWhen(from, plan)),
    ]);
  } else {
    facts.push(
      [t('approvals.detail.limits'), formatLimits(plan)],
      [t('approvals.detail.price'), formatPrice(plan.pricing)],
      [t('approvals.detail.keyLives'), formatKeyLifetime(plan.keyLifetime)],
    );
  }
  if (acceptedTerms.length > 0) {
    facts.push([
      t('approvals.detail.terms'),
      acceptedTerms
        .map(({ name, version }) => `${name} (${version})`)
        .join(', '),
    ]);
  }
  facts.push([
    t('approvals.detail.asked'),
    <RelativeTime at={request.createdAt} />,
  ]);
  if (request.expiresAt) {
    facts.push([
      t('approvals.detail.expires'),
      <RelativeTime at={request.expiresAt} />,
    ]);
  }
  return (
    <Box component="dl" className={classes.facts}>
      {facts.map(([name, fact]) => (
        <Typography key={name} variant="body2" component="div" {...CONTENTS}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </Typography>
      ))}
    </Box>
  );
}

function Has({ application }: { application: Id }) {
  const t = useT();
  const { value, error } = useOtherSubscriptions(application);
  if (error) {
    return <Why error={error} />;
  }
  if (!value) {
    return <>…</>;
  }
  return (
    <>
      {value
        .map(({ products, plan }) =>
          [...products.map(({ title }) => title), plan.title].join(' · '),
        )
        .join(', ') || t('approvals.detail.hasNothing')}
    </>
  );
}
