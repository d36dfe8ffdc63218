import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import type { Id } from 'backstage-plugin-api-products-common';
import { LinkButton } from '../backstage';
import { useRoute } from '../../hooks/useRoute';
import { useT } from '../../hooks/useT';
import { myAccessRouteRef } from '../../routes';

/** After a request was sent: done with it, or on to where it waits. */
export function SentActions(props: {
  request: { id: Id };
  /** Whether a click is not meant for them yet. */
  inert?: boolean;
  onClose: () => void;
}) {
  const { request, inert = false, onClose } = props;
  const t = useT();
  const myAccess = useRoute(myAccessRouteRef);
  return (
    <DialogActions style={inert ? { pointerEvents: 'none' } : undefined}>
      <Button onClick={onClose}>{t('requestAccess.close')}</Button>
      <LinkButton
        to={
          myAccess && `${myAccess()}?request=${encodeURIComponent(request.id)}`
        }
        color="primary"
        variant="contained"
      >
        {t('requestAccess.myAccess')}
      </LinkButton>
    </DialogActions>
  );
}
