import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import type { AccessRequest, Id } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { EntityName, RelativeTime } from '../shared';
import { DecisionText } from './DecisionText';

/** Access requests to choose from, each a button. */
export function RequestList(props: {
  requests: AccessRequest[];
  selected?: Id;
  onSelect: (id: Id) => void;
}) {
  const { requests, selected, onSelect } = props;
  const t = useT();
  return (
    <List aria-label={t('approvals.list')} disablePadding>
      {requests.map(request => (
        <li key={request.id}>
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
                plan: request.plan.title,
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
                </>
              }
            />
          </ListItem>
        </li>
      ))}
    </List>
  );
}
