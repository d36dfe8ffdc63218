/** One provider: how it does, its synchronisations, its drift, its APIs and what was imported, each with an address. */
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatNumber,
  type Provider,
} from 'backstage-plugin-api-products-common';
import { Link } from '../../backstage';
import { apiProductsApiRef } from '../../../api';
import { isNotForCaller } from '../../../hooks/serverError';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { useOwnRoute } from '../../../hooks/useRoute';
import { adminProviderRouteRef, adminRouteRef } from '../../../routes';
import {
  ErrorState,
  LoadingSkeleton,
  NotForYou,
  Problem,
  SectionNav,
} from '../../shared';
import { Drift } from './Drift';
import { HealthText } from './HealthText';
import { ImportReview } from './ImportReview';
import { ProviderApis } from './ProviderApis';
import { ProviderStatus } from './ProviderStatus';
import { Synchronisation } from './Synchronisation';

function Sections(props: { provider: Provider; onChanged: () => void }) {
  const { provider, onChanged } = props;
  const t = useT();
  const page = useOwnRoute(adminProviderRouteRef)({ id: provider.id });
  const { driftCount } = provider;
  return (
    <>
      <SectionNav
        label={t('adminProviders.page.sections', { provider: provider.title })}
        sections={[
          { to: page, title: t('adminProviders.page.status'), end: true },
          {
            to: `${page}/synchronisation`,
            title: t('adminProviders.page.synchronisation'),
          },
          {
            to: `${page}/drift`,
            title:
              driftCount > 0
                ? t('adminProviders.page.driftCount', {
                    number: formatNumber(driftCount),
                  })
                : t('adminProviders.page.drift'),
          },
          { to: `${page}/apis`, title: t('adminProviders.page.apis') },
          { to: `${page}/imports`, title: t('adminProviders.page.imports') },
        ]}
      />
      <Routes>
        <Route path="/" element={<ProviderStatus provider={provider} />} />
        <Route
          path="synchronisation"
          element={<Synchronisation id={provider.id} onChanged={onChanged} />}
        />
        <Route
          path="drift"
          element={<Drift provider={provider} onChanged={onChanged} />}
        />
        <Route path="apis" element={<ProviderApis provider={provider} />} />
        <Route path="imports" element={<ImportReview provider={provider} />} />
        <Route path="*" element={<Navigate to={page} replace />} />
      </Routes>
    </>
  );
}

export function ProviderPage() {
  const { id = '' } = useParams();
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const providers = `${useOwnRoute(adminRouteRef)()}/providers`;
  const { value, error, reload, reloadSoon } = useResource(
    `provider ${id}`,
    signal => api.getProvider(id, { signal }),
  );
  useRefreshSignal(reloadSoon);

  if (!value) {
    if (error && isNotForCaller(error)) {
      return (
        <NotForYou
          title={t('adminProviders.page.missingTitle')}
          description={t('adminProviders.page.missingDescription', { id })}
          back={t('adminProviders.page.back')}
          to={providers}
        />
      );
    }
    return error ? (
      <ErrorState
        title={t('adminProviders.page.failed')}
        error={error}
        onRetry={reload}
      />
    ) : (
      <LoadingSkeleton label={t('adminProviders.page.loading')} />
    );
  }
  return (
    <>
      <Link to={providers}>{t('adminProviders.page.back')}</Link>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="baseline"
        gridGap={16}
        mb={1}
      >
        <Typography variant="h5" component="h2">
          {value.title}
        </Typography>
        <HealthText provider={value} />
      </Box>
      <Problem
        title={t('adminProviders.page.failed')}
        error={error}
        background
      />
      <Sections key={value.id} provider={value} onChanged={reload} />
    </>
  );
}
