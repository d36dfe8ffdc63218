import { useT } from '../../../hooks/useT';

/** One of our kinds in a word; anything else would be a mistake of the backend's, and is named as it is. */
export function useKindName(): (kind: string) => string {
  const t = useT();
  return kind => {
    switch (kind) {
      case 'apiproduct':
      case 'product':
        return t('adminCleanUp.kind.product');
      case 'apiplan':
      case 'plan':
        return t('adminCleanUp.kind.plan');
      case 'apicatalogue':
      case 'catalogue':
        return t('adminCleanUp.kind.catalogue');
      case 'application':
        return t('adminCleanUp.kind.application');
      default:
        return kind;
    }
  };
}
