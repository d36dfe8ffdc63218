import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useSearchParams } from 'react-router-dom';
import { formatNumber, type Id } from 'backstage-plugin-api-products-common';
import { LinkButton } from '../backstage';
import { useSaid } from '../../hooks/useSaid';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { marketplaceRouteRef } from '../../routes';
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Problem,
  SearchField,
} from '../shared';
import { ApplicationSection } from './ApplicationSection';
import { holdingsOf, isPast, matching, type Access } from './holdings';
import { Said } from './Said';
import { MAX_ITEMS, useMyAccess } from './useMyAccess';

/** What the caller and their groups have and wait for. Mounted by the plugin at its own route. */
export function MyAccessContent() {
  const t = useT();
  const { value, error, reload } = useMyAccess();
  if (!value) {
    return error ? (
      <ErrorState
        title={t('myAccess.loadFailed')}
        error={error}
        onRetry={reload}
      />
    ) : (
      <LoadingSkeleton label={t('myAccess.loading')} />
    );
  }
  return (
    <>
      <Problem title={t('myAccess.loadFailed')} error={error} background />
      <Holdings access={value} truncated={value.truncated} onChanged={reload} />
    </>
  );
}

function BrowseButton() {
  const t = useT();
  const marketplace = useRoute(marketplaceRouteRef);
  return (
    <LinkButton to={marketplace?.()} color="primary" variant="contained">
      {t('myAccess.browse')}
    </LinkButton>
  );
}

/** From so many things on they can be searched. */
const MANY = 10;

/** The item that `?request=` or `?subscription=` leads to. */
function useLinked(): Id | undefined {
  const [params] = useSearchParams();
  return params.get('subscription') ?? params.get('request') ?? undefined;
}

/** Whether a link leads to something of the caller's. */
const isThere = ({ subscriptions, requests }: Access, linked: Id): boolean =>
  requests.some(({ id }) => id === linked) ||
  subscriptions.some(
    ({ id, accessRequest }) => id === linked || accessRequest === linked,
  );

function Holdings(props: {
  access: Access;
  truncated: boolean;
  onChanged: () => void;
}) {
  const { access, truncated, onChanged } = props;
  const t = useT();
  const linked = useLinked();
  const [showEnded, setShowEnded] = useState(false);
  const [said, say] = useSaid();
  const [q, setQ] = useState('');

  const now = Date.now();
  const past = access.subscriptions.filter(
    subscription =>
      isPast(subscription, now) &&
      subscription.id !== linked &&
      subscription.accessRequest !== linked,
  );
  const holdings = holdingsOf(
    {
      ...access,
      subscriptions: showEnded
        ? access.subscriptions
        : access.subscriptions.filter(item => !past.includes(item)),
    },
    linked,
  );

  const found = matching(holdings, q);

  return (
    <Box maxWidth={1100}>
      {holdings.length === 0 ? (
        <EmptyState
          title={t('myAccess.emptyTitle')}
          description={t('myAccess.emptyDescription')}
          action={<BrowseButton />}
        />
      ) : (
        <Box mb={2} display="flex" justifyContent="flex-end">
          <BrowseButton />
        </Box>
      )}
      {access.subscriptions.length + access.requests.length >= MANY && (
        <Box mb={2}>
          <SearchField label={t('myAccess.search')} q={q} onSearch={setQ} />
        </Box>
      )}
      {linked !== undefined && !truncated && !isThere(access, linked) && (
        <Typography role="status" paragraph>
          {t('myAccess.linkedMissing')}
        </Typography>
      )}
      <Said words={said} />
      {holdings.length > 0 && found.length === 0 && (
        <EmptyState title={t('myAccess.nothingFound')} />
      )}
      {found.map(holding => (
        <ApplicationSection
          key={holding.application.id}
          holding={holding}
          linked={linked}
          showEnded={showEnded}
          onChanged={what => {
            say(what ?? '');
            onChanged();
          }}
        />
      ))}
      {past.length > 0 && (
        <Button onClick={() => setShowEnded(!showEnded)}>
          {showEnded
            ? t('myAccess.hideEnded')
            : t('myAccess.showEnded', { number: formatNumber(past.length) })}
        </Button>
      )}
      {truncated && (
        <Typography variant="body2">
          {t('myAccess.truncated', { number: formatNumber(MAX_ITEMS) })}
        </Typography>
      )}
    </Box>
  );
}
