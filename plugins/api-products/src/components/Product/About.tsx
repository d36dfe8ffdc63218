import Box from '@material-ui/core/Box';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { InfoCard } from '@backstage/core-components';
import type { Product } from 'backstage-plugin-api-products-common';
import { Link } from '../backstage';
import { useT } from '../../hooks/useT';
import { Prose } from './Prose';

function Guides({ guides }: Pick<Product, 'guides'>) {
  const t = useT();
  return (
    <Box component="section" mt={3} aria-label={t('product.overview.guides')}>
      <Typography variant="h6" component="h2" gutterBottom>
        {t('product.overview.guides')}
      </Typography>
      {guides.map(({ title, content, url }) =>
        content ? (
          <Accordion key={title} TransitionProps={{ unmountOnExit: true }}>
            <AccordionSummary expandIcon={<ExpandMoreIcon />}>
              {title}
            </AccordionSummary>
            <AccordionDetails>
              <Box width="100%" minWidth={0} style={{ overflowX: 'auto' }}>
                <Prose content={content} />
              </Box>
            </AccordionDetails>
          </Accordion>
        ) : (
          <Box key={title} py={1}>
            {url ? <Link to={url}>{title}</Link> : title}
          </Box>
        ),
      )}
    </Box>
  );
}

function TermsList({ terms }: Pick<Product, 'terms'>) {
  const t = useT();
  return (
    <Box component="section" mt={3} aria-label={t('product.overview.terms')}>
      <Typography variant="h6" component="h2" gutterBottom>
        {t('product.overview.terms')}
      </Typography>
      {terms.map(({ name, version, url, required }) => (
        <Typography key={`${name} ${version}`} variant="body2">
          <Link to={url} underline="always">
            {name}
          </Link>
          {`, ${t('product.overview.termsVersion', { version })}`}
          {required && ` (${t('product.overview.termsRequired')})`}
        </Typography>
      ))}
    </Box>
  );
}

/** What the product is, in its owner's words. */
export function About({ product }: { product: Product }) {
  const t = useT();
  const text = product.content ?? product.description;
  return (
    <InfoCard title={t('product.overview.about')}>
      {text ? (
        <Prose content={text} />
      ) : (
        <Typography color="textSecondary">
          {t('product.overview.noContent')}
        </Typography>
      )}
      {product.guides.length > 0 && <Guides guides={product.guides} />}
      {product.terms.length > 0 && <TermsList terms={product.terms} />}
    </InfoCard>
  );
}
