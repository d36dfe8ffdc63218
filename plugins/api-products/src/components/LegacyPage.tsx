import type { ReactNode } from 'react';
import { Content, Header, Page } from '@backstage/core-components';
import { useT } from '../hooks/useT';
import { ApiProductsRouter } from './ApiProductsRouter';
import { ApprovalsContent } from './Approvals/ApprovalsPage';
import { MyAccessContent } from './MyAccess/MyAccessPage';

function LegacyPage(props: { title: string; children: ReactNode }) {
  return (
    <Page themeId="tool">
      <Header title={props.title} />
      {props.children}
    </Page>
  );
}

/** The marketplace and the product pages in the shell of the legacy system. @public */
export function LegacyApiProductsPage() {
  const t = useT();
  return (
    <LegacyPage title={t('shared.page.marketplace')}>
      <div style={{ gridArea: 'pageContent', overflow: 'auto' }}>
        <ApiProductsRouter />
      </div>
    </LegacyPage>
  );
}

/** My access in the shell of the legacy system. @public */
export function LegacyMyAccessPage() {
  const t = useT();
  return (
    <LegacyPage title={t('shared.page.myAccess')}>
      <Content>
        <MyAccessContent />
      </Content>
    </LegacyPage>
  );
}

/** Approvals in the shell of the legacy system. @public */
export function LegacyApprovalsPage() {
  const t = useT();
  return (
    <LegacyPage title={t('shared.page.approvals')}>
      <Content>
        <ApprovalsContent />
      </Content>
    </LegacyPage>
  );
}
