import { Content } from './backstage';
import { useT } from '../hooks/useT';
import { LegacyShell } from './LegacyShell';
import { MyAccessContent } from './MyAccess/MyAccessPage';

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
