import { useT } from '../hooks/useT';
import { ApiProductsRouter } from './ApiProductsRouter';
import { LegacyShell } from './LegacyShell';

/** The marketplace and the product pages in the shell of the legacy system. @public */
export function LegacyApiProductsPage() {
  const t = useT();
  return (
    <LegacyShell title={t('shared.page.marketplace')}>
      <div style={{ gridArea: 'pageContent', overflow: 'auto' }}>
        <ApiProductsRouter />
      </div>
    </LegacyShell>
  );
}
