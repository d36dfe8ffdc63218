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

/** @internal */
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

/** @internal */
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

/** @internal */
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
