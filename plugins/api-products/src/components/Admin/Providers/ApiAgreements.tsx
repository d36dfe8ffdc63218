import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ApiAgreement,
  Id,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useT } from '../../../hooks/useT';
import { ConfirmDialog, EntityName, RelativeTime } from '../../shared';

type Agreed = { api: ProviderApi; agreement: ApiAgreement };

function WithdrawDialog(props: {
  provider: Id;
  agreed: Agreed;
  onDone: () => void;
  onClose: () => void;
}) {
  const { provider, agreed, onDone, onClose } = props;
  const { api, agreement } = agreed;
  const t = useT();
  const client = useApi(apiProductsApiRef);
  return (
    <ConfirmDialog
      title={t('adminProviders.agreements.title', {
        product: agreement.title,
        api: api.name,
      })}
      confirm={t('adminProviders.agreements.withdraw')}
      busy={t('adminProviders.agreements.withdrawing')}
      failed={t('adminProviders.agreements.failed')}
      onConfirm={async () => {
        await client.decideProviderApi(provider, {
          api: api.id,
          product: agreement.product,
          withdraw: true,
        });
        onDone();
      }}
      onClose={onClose}
    >
      <DialogContentText>
        {t('adminProviders.agreements.explain', {
          product: agreement.title,
          api: api.name,
        })}
      </DialogContentText>
    </ConfirmDialog>
  );
}

/** What products of others may open because a platform owner has agreed, and the way to take that back. */
export function ApiAgreements(props: {
  provider: Id;
  apis: ProviderApi[];
  onWithdrawn: () => void;
}) {
  const { provider, apis, onWithdrawn } = props;
  const t = useT();
  const [open, setOpen] = useState<Agreed>();
  const [said, setSaid] = useState('');
  const agreed = apis.flatMap(api =>
    (api.agreements ?? []).map(agreement => ({ api, agreement })),
  );
  const close = () => setOpen(undefined);
  return (
    <>
      <Box mb={1} role="status">
        <Typography variant="body2" component="span">
          {said}
        </Typography>
      </Box>
      {agreed.length > 0 && (
        <Box mb={3} component="section">
          <Typography variant="h6" component="h2" gutterBottom>
            {t('adminProviders.agreements.heading')}
          </Typography>
          <Box px={2} py={1} component={Paper}>
            {agreed.map(one => (
              <Box
                key={`${one.api.id} ${one.agreement.product}`}
                display="flex"
                alignItems="center"
                my={1}
              >
                <Box flex={1}>
                  <Typography variant="body2" component="div">
                    {t('adminProviders.agreements.opens', {
                      product: one.agreement.title,
                      api: one.api.name,
                    })}
                    {' · '}
                    <EntityName entityRef={one.agreement.agreedBy} link />
                    {' · '}
                    <RelativeTime at={one.agreement.agreedAt} />
                  </Typography>
                </Box>
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={t('adminProviders.agreements.withdrawLabel', {
                    product: one.agreement.title,
                    api: one.api.name,
                  })}
                  onClick={() => setOpen(one)}
                >
                  {t('adminProviders.agreements.withdraw')}
                </Button>
              </Box>
            ))}
          </Box>
        </Box>
      )}
      {open && (
        <WithdrawDialog
          provider={provider}
          agreed={open}
          onDone={() => {
            close();
            setSaid(
              t('adminProviders.agreements.withdrawn', {
                product: open.agreement.title,
                api: open.api.name,
              }),
            );
            onWithdrawn();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
