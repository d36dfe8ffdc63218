import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import Typography from '@material-ui/core/Typography';
import type {
  AccessRequest,
  Product,
} from 'backstage-plugin-api-products-common';
import { LinkButton } from '../backstage';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { myAccessRouteRef } from '../../routes';

/** Says who decides now. */
export function RequestSent(props: {
  product: Product;
  request: AccessRequest;
  onClose: () => void;
}) {
  const { product, request, onClose } = props;
  const t = useT();
  const myAccess = useRoute(myAccessRouteRef);
  return (
    <>
      <DialogContent>
        <Typography role="status">
          {t('requestAccess.sent', {
            owner: refName(product.owner),
            product: product.title,
            plan: request.plan.title,
          })}
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('requestAccess.close')}</Button>
        <LinkButton
          to={
            myAccess &&
            `${myAccess()}?request=${encodeURIComponent(request.id)}`
          }
          color="primary"
          variant="contained"
        >
          {t('requestAccess.myAccess')}
        </LinkButton>
      </DialogActions>
    </>
  );
}
