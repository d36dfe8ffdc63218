import { Content } from './backstage';
import { useT } from '../hooks/useT';
import { ApiProductsRouter } from './ApiProductsRouter';
import { ApprovalsContent } from './Approvals/ApprovalsPage';
import { LegacyShell } from './LegacyShell';
import { MyAccessContent } from './MyAccess/MyAccessPage';

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

/** My access in the shell of the legacy system. @public */
export function LegacyMyAccessPage() {
  const t = useT();
  return (
    <LegacyShell title={t('shared.page.myAccess')}>
      <Content>
        <MyAccessContent />
      </Content>
    </LegacyShell>
  );
}

/** Approvals in the shell of the legacy system. @public */
export function LegacyApprovalsPage() {
  const t = useT();
  return (
    <LegacyShell title={t('shared.page.approvals')}>
      <Content>
        <ApprovalsContent />
      </Content>
    </LegacyShell>
  );
}
