import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useSearchParams } from 'react-router-dom';
import { formatNumber } from 'backstage-plugin-api-products-common';
import { LinkButton } from '../backstage';
import { useSaid } from '../../hooks/useSaid';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { marketplaceRouteRef } from '../../routes';
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Paging,
  Problem,
  Said,
} from '../shared';
import { AccessFilters } from './AccessFilters';
import {
  isFiltered,
  readLinked,
  readView,
  withPart,
  type AccessView,
} from './accessView';
import { ApplicationSection } from './ApplicationSection';
import { HistoryDialog } from './HistoryDialog';
import { holdingsOf, nameIn } from './holdings';
import { useMyAccess, type MyAccess } from './useMyAccess';

/** What the caller and their groups have and wait for, a page at a time. Mounted by the plugin at its own route. */
export function MyAccessContent() {
  const t = useT();
  const [params] = useSearchParams();
  const { value, error, reload } = useMyAccess(
    readView(params),
    readLinked(params),
  );
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
      <Holdings access={value} onChanged={reload} />
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

/** From so many things on they can be filtered. */
const MANY = 10;

function Holdings(props: { access: MyAccess; onChanged: () => void }) {
  const { access, onChanged } = props;
  const t = useT();
  const [params, setParams] = useSearchParams();
  const view = readView(params);
  const linked = access.leadsTo ?? readLinked(params)?.id;
  const [said, say] = useSaid();
  const look = (part: keyof AccessView, value: string | undefined) =>
    setParams(withPart(params, part, value));

  const holdings = holdingsOf(access);
  const { ofSubscriptions, ofRequests, ended } = access;
  const total =
    ofSubscriptions.totalItems + (ofRequests ? ofRequests.totalItems : 0);
  const filtered = isFiltered(view);
  const isEmpty = holdings.length === 0;

  return (
    <Box maxWidth={1100}>
      {isEmpty && !filtered ? (
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
      {(filtered || total >= MANY) && (
        <AccessFilters
          view={view}
          applications={holdings.map(({ application }) => application)}
          onChange={look}
        />
      )}
      {access.linkedMissing && (
        <Typography role="status" paragraph>
          {t('myAccess.linkedMissing')}
        </Typography>
      )}
      <Said words={said} />
      <HistoryDialog nameOf={(noun, id) => nameIn(holdings, noun, id)} />
      {isEmpty && filtered && <EmptyState title={t('myAccess.nothingFound')} />}
      {holdings.map(holding => (
        <ApplicationSection
          key={holding.application.id}
          holding={holding}
          linked={linked}
          showEnded={view.ended}
          onChanged={what => {
            say(what ?? '');
            onChanged();
          }}
        />
      ))}
      {ofRequests && (
        <Paging
          label={t('myAccess.requestPages')}
          visibleLabel
          pageInfo={ofRequests.pageInfo}
          onPage={cursor => look('requests', cursor)}
        />
      )}
      <Paging
        label={t('myAccess.subscriptionPages')}
        visibleLabel
        pageInfo={ofSubscriptions.pageInfo}
        onPage={cursor => look('cursor', cursor)}
      />
      {(view.ended || ended > 0) && (
        <Button onClick={() => look('ended', view.ended ? undefined : 'true')}>
          {view.ended
            ? t('myAccess.hideEnded')
            : t('myAccess.showEnded', { number: formatNumber(ended) })}
        </Button>
      )}
    </Box>
  );
}
