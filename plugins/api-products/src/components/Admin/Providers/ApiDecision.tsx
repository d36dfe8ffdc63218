import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ApiDecision as Decision,
  Id,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useAction } from '../../../hooks/useAction';
import { useT } from '../../../hooks/useT';
import { EntityName, Problem } from '../../shared';

/** Several owners claim it, or a product waits to open it. */
export const isUndecided = ({ claims = [], heldBack = [] }: ProviderApi) =>
  heldBack.length > 0 || new Set(claims.map(({ owner }) => owner)).size > 1;

/** What a platform owner has to decide about an API: whose it is, and which products of others may open it. */
export function ApiDecision(props: {
  provider: Id;
  api: ProviderApi;
  onDecided: () => void;
}) {
  const { provider, api, onDecided } = props;
  const { claims = [], heldBack = [] } = api;
  const t = useT();
  const client = useApi(apiProductsApiRef);
  const decide = useAction(async (decision: Decision) => {
    await client.decideProviderApi(provider, decision);
    onDecided();
  });
  const contested = new Set(claims.map(({ owner }) => owner)).size > 1;
  return (
    <Box mb={2} p={2} component={Paper} role="group" aria-label={api.name}>
      <Typography variant="subtitle1" component="h3">
        {api.name}
      </Typography>
      {contested && (
        <>
          <Typography variant="body2">
            {t('adminProviders.apis.contested')}
          </Typography>
          {claims.map(({ entity, owner, counts }) => (
            <Box key={entity} display="flex" alignItems="center" mt={1}>
              <Box flex={1}>
                <EntityName entityRef={entity} link />
                {' · '}
                <EntityName entityRef={owner} link />
              </Box>
              {counts ? (
                <Typography variant="body2">
                  {t('adminProviders.apis.counts')}
                </Typography>
              ) : (
                <Button
                  size="small"
                  variant="outlined"
                  disabled={decide.busy}
                  aria-label={t('adminProviders.apis.decideLabel', { entity })}
                  onClick={() => decide.run({ api: api.id, entity })}
                >
                  {t('adminProviders.apis.decide')}
                </Button>
              )}
            </Box>
          ))}
        </>
      )}
      {heldBack.map(({ product, title, reason }) => (
        <Box key={product} display="flex" alignItems="center" mt={1}>
          <Box flex={1}>
            <Typography variant="body2">
              {t('adminProviders.apis.heldBack', { product: title, reason })}
            </Typography>
          </Box>
          <Button
            size="small"
            variant="outlined"
            disabled={decide.busy}
            aria-label={t('adminProviders.apis.agreeLabel', {
              product: title,
              api: api.name,
            })}
            onClick={() => decide.run({ api: api.id, product })}
          >
            {t('adminProviders.apis.agree')}
          </Button>
        </Box>
      ))}
      <Problem
        title={t('adminProviders.apis.undecided')}
        error={decide.error}
      />
    </Box>
  );
}
