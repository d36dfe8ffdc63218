import { Content } from './backstage';
import { useT } from '../hooks/useT';
import { AdminRouter } from './Admin/AdminRouter';
import { LegacyShell } from './LegacyShell';

/** The admin pages in the shell of the legacy system. @public */
export function LegacyAdminPage() {
  const t = useT();
  return (
    <LegacyShell title={t('shared.page.admin')}>
      <Content>
        <AdminRouter />
      </Content>
    </LegacyShell>
  );
}
