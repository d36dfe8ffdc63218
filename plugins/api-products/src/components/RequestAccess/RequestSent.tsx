import DialogContent from '@material-ui/core/DialogContent';
import Typography from '@material-ui/core/Typography';
import type {
  AccessRequest,
  Product,
} from 'backstage-plugin-api-products-common';
import { SentActions } from '../shared';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';

/** Says who decides now. */
export function RequestSent(props: {
  product: Product;
  request: AccessRequest;
  onClose: () => void;
}) {
  const { product, request, onClose } = props;
  const t = useT();
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
      <SentActions request={request} onClose={onClose} />
    </>
  );
}
