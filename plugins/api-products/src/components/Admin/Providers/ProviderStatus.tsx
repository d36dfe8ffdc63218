import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import type {
  Provider,
  ProviderFinding,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { RelativeTime, StatusText, type StatusTone } from '../../shared';
import { Facts } from '../Facts';
import { HealthText } from './HealthText';
import { revocationReason } from './providerLabels';

const REVOCATION_TONES: Record<Provider['revocation'], StatusTone> = {
  safe: 'ok',
  unsafe: 'warning',
  unknown: 'waiting',
};

function Revocation({ provider }: { provider: Provider }) {
  const t = useT();
  const reason = revocationReason(provider);
  return (
    <StatusText tone={REVOCATION_TONES[provider.revocation]}>
      {provider.revocation === 'unsafe' && reason
        ? t('adminProviders.status.revocation.unsafeWith', { message: reason })
        : t(`adminProviders.status.revocation.${provider.revocation}`)}
    </StatusText>
  );
}

function Findings({ findings }: { findings: ProviderFinding[] }) {
  const t = useT();
  if (findings.length === 0) {
    return (
      <Typography variant="body2">
        {t('adminProviders.status.noFindings')}
      </Typography>
    );
  }
  return (
    <Box
      component="ul"
      aria-label={t('adminProviders.status.capabilities')}
      m={0}
      p={0}
      style={{ listStyle: 'none', overflowWrap: 'anywhere' }}
    >
      {findings.map(({ name, status, message }) => (
        <Box component="li" key={name} mb={1}>
          <StatusText tone={status}>
            <strong>{t(`adminProviders.status.finding.${status}`)}</strong>
            {`: ${message}`}
          </StatusText>
        </Box>
      ))}
    </Box>
  );
}

/** What works there and what does not, in words. */
export function ProviderStatus({ provider }: { provider: Provider }) {
  const t = useT();
  // The page says the reason beside the revocation already.
  const findings = provider.findings.filter(
    ({ name }) => name !== 'revocation' || provider.revocation !== 'unsafe',
  );
  return (
    <Box maxWidth={1000}>
      <Facts
        facts={[
          [
            t('adminProviders.status.health'),
            <HealthText provider={provider} />,
          ],
          [
            t('adminProviders.status.version'),
            provider.version ?? t('adminProviders.unknownVersion'),
          ],
          [t('adminProviders.status.type'), provider.type],
          [
            t('adminProviders.status.gateway'),
            provider.gatewayUrl ?? t('adminProviders.status.noGateway'),
          ],
          [
            t('adminProviders.status.checked'),
            provider.checkedAt ? (
              <RelativeTime at={provider.checkedAt} />
            ) : (
              t('adminProviders.status.notChecked')
            ),
          ],
        ]}
      />
      <Box mb={3}>
        <Typography variant="h6" component="h3" gutterBottom>
          {t('adminProviders.status.revocationHeading')}
        </Typography>
        <Revocation provider={provider} />
      </Box>
      <Typography variant="h6" component="h3" gutterBottom>
        {t('adminProviders.status.capabilities')}
      </Typography>
      <Findings findings={findings} />
    </Box>
  );
}
