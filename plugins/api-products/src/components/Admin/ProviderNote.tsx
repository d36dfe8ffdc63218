import type { ProviderState } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { StatusText } from '../shared';

/** What the provider does with a record, as long as it is not done. */
export function ProviderNote({ state }: { state: ProviderState }) {
  const t = useT();
  if (state.status === 'pending') {
    return <StatusText tone="waiting">{t('admin.failed.pending')}</StatusText>;
  }
  return state.status === 'failed' ? (
    <StatusText tone="error">
      {t('admin.failed.failed', { message: state.message })}
    </StatusText>
  ) : null;
}
