import { Content } from './backstage';
import { useT } from '../hooks/useT';
import { ApprovalsContent } from './Approvals/ApprovalsPage';
import { LegacyShell } from './LegacyShell';

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
