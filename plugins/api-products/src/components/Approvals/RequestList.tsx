import Checkbox from '@material-ui/core/Checkbox';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { AccessRequest, Id } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useRequestedPlan } from '../../hooks/useRequestedPlan';
import { useT } from '../../hooks/useT';
import { EntityName, RelativeTime, Why } from '../shared';
import { DecisionText } from './DecisionText';
import type { Many } from './useMany';

const useStyles = makeStyles(
  {
    item: { display: 'flex', alignItems: 'flex-start' },
    // As wide as a checkbox.
    unmarked: { flex: '0 0 42px' },
  },
  { name: 'ApiProductsRequestList' },
);

/** Access requests to choose from, each a button. */
export function RequestList(props: {
  requests: AccessRequest[];
  selected?: Id;
  onSelect: (id: Id) => void;
  /** Where several can be decided together. */
  many?: Many;
}) {
  const { requests, selected, onSelect, many } = props;
  const t = useT();
  const requestedPlan = useRequestedPlan();
  const classes = useStyles();
  return (
    <List aria-label={t('approvals.list')} disablePadding>
      {requests.map(request => (
        <li key={request.id} className={classes.item}>
          {many && <Mark request={request} many={many} />}
          <ListItem
            button
            divider
            selected={request.id === selected}
            aria-current={request.id === selected || undefined}
            onClick={() => onSelect(request.id)}
          >
            <ListItemText
              primary={t('approvals.item', {
                product: request.product.title,
                plan: requestedPlan(request),
                application: request.application.name,
              })}
              secondaryTypographyProps={{ component: 'div' }}
              secondary={
                <>
                  {t('approvals.itemRequester', {
                    requester: <EntityName entityRef={request.requester} />,
                    owner: refName(request.application.owner),
                  })}{' '}
                  · <RelativeTime at={request.createdAt} />
                  {request.status !== 'pending' && (
                    <DecisionText request={request} />
                  )}
                  <WhyNot error={many?.whyNot(request.id)} />
                </>
              }
            />
          </ListItem>
        </li>
      ))}
    </List>
  );
}

/** Marks a request to be decided with others; what one may not decide oneself has none, and keeps its place. */
function Mark({ request, many }: { request: AccessRequest; many: Many }) {
  const t = useT();
  const requestedPlan = useRequestedPlan();
  const { product, application } = request;
  const classes = useStyles();
  return many.decidable.includes(request) ? (
    <Checkbox
      color="primary"
      checked={many.marked.includes(request)}
      disabled={many.busy}
      onChange={(_, isMarked) => many.mark([request], isMarked)}
      inputProps={{
        'aria-label': t('approvals.many.one', {
          product: product.title,
          plan: requestedPlan(request),
          application: application.name,
        }),
      }}
    />
  ) : (
    <span className={classes.unmarked} />
  );
}

function WhyNot({ error }: { error?: Error }) {
  const t = useT();
  return error ? (
    <Typography variant="body2" component="div" color="error">
      {t('approvals.many.why')} <Why error={error} />
    </Typography>
  ) : null;
}
