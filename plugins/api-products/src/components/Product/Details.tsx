import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { InfoCard } from '@backstage/core-components';
import { formatNumber } from 'backstage-plugin-api-products-common';
import type { Product, ProductApi } from 'backstage-plugin-api-products-common';
import { Link } from '../backstage';
import { useT } from '../../hooks/useT';
import { CopyButton } from '../MyAccess/CopyButton';
import { canRequestAccess } from '../ProductParts/plans';
import { EntityName, Findings, StatusText } from '../shared';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0 },
    value: {
      margin: theme.spacing(0, 0, 2),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'ApiProductsDetails' },
);

function Detail(props: { label: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <>
      <Typography component="dt" variant="caption" color="textSecondary">
        {props.label}
      </Typography>
      <Typography component="dd" variant="body2" className={classes.value}>
        {props.children}
      </Typography>
    </>
  );
}

function Names({ refs }: { refs: string[] }) {
  return (
    <>
      {refs.map(ref => (
        <Box key={ref}>
          <EntityName entityRef={ref} link />
        </Box>
      ))}
    </>
  );
}

/** An API that the catalog does not know is named as its provider names it. */
function Apis({ apis }: { apis: ProductApi[] }) {
  return (
    <>
      {apis.map(api => (
        <Box key={api.ref ?? api.providerApiId}>
          {api.ref ? (
            <EntityName entityRef={api.ref} link />
          ) : (
            api.title ?? api.providerApiId
          )}
        </Box>
      ))}
    </>
  );
}

function Endpoint({ endpoint }: { endpoint: string }) {
  const t = useT();
  return (
    <>
      <code>{endpoint}</code>
      <CopyButton text={endpoint} label={t('product.overview.copyEndpoint')} />
    </>
  );
}

/** What only those who decide about the product have to know. */
function ProviderNote({ product }: { product: Product }) {
  const t = useT();
  const { providerState } = product;
  if (providerState.status === 'pending') {
    return (
      <StatusText tone="waiting">
        {t('product.overview.providerPending')}
      </StatusText>
    );
  }
  return providerState.status === 'failed' ? (
    <StatusText tone="error">
      {t('product.overview.providerFailed', {
        message: providerState.message,
      })}
    </StatusText>
  ) : null;
}

function Service({ product }: { product: Product }) {
  const t = useT();
  const { availability, latencyP95Ms, supportHours } = product.sla ?? {};
  return (
    <>
      {availability !== undefined && (
        <Detail label={t('product.overview.availability')}>
          {`${availability} %`}
        </Detail>
      )}
      {latencyP95Ms !== undefined && (
        <Detail label={t('product.overview.latency')}>
          {`${formatNumber(latencyP95Ms)} ms`}
        </Detail>
      )}
      {supportHours && (
        <Detail label={t('product.overview.support')}>{supportHours}</Detail>
      )}
    </>
  );
}

interface DetailsProps {
  product: Product;
  /** Shows the primary action here, where no header has it. */
  onRequestAccess?: () => void;
}

/** Who owns the product, where it is called and what it promises. */
export function Details({ product, onRequestAccess }: DetailsProps) {
  const t = useT();
  const classes = useStyles();
  return (
    <InfoCard title={t('product.overview.details')}>
      {onRequestAccess && canRequestAccess(product) && (
        <Box mb={2}>
          <Button variant="contained" color="primary" onClick={onRequestAccess}>
            {t('product.requestAccess')}
          </Button>
        </Box>
      )}
      <dl className={classes.list}>
        <Detail label={t('product.overview.owner')}>
          <EntityName entityRef={product.owner} link />
        </Detail>
        {product.apis.length > 0 && (
          <Detail label={t('product.overview.apis')}>
            <Apis apis={product.apis} />
          </Detail>
        )}
        {product.authentication && (
          <Detail label={t('product.overview.signIn')}>
            {t(`product.auth.${product.authentication}`)}
          </Detail>
        )}
        {product.gatewayEndpoint && (
          <Detail label={t('product.overview.endpoint')}>
            <Endpoint endpoint={product.gatewayEndpoint} />
          </Detail>
        )}
        <Service product={product} />
        {product.catalogues.length > 0 && (
          <Detail label={t('product.overview.catalogues')}>
            <Names refs={product.catalogues} />
          </Detail>
        )}
        {product.tags.length > 0 && (
          <Detail label={t('product.overview.tags')}>
            {product.tags.join(', ')}
          </Detail>
        )}
        {product.links.length > 0 && (
          <Detail label={t('product.overview.links')}>
            {product.links.map(({ url, title }) => (
              <Box key={url}>
                <Link to={url}>{title ?? url}</Link>
              </Box>
            ))}
          </Detail>
        )}
        {product.origin === 'catalog' && product.editUrl && (
          <Detail label={t('product.overview.origin')}>
            <Link to={product.editUrl}>{t('product.overview.edit')}</Link>
          </Detail>
        )}
      </dl>
      <ProviderNote product={product} />
      <Findings findings={product.findings} />
    </InfoCard>
  );
}
