import Typography from '@material-ui/core/Typography';
import type { Origin } from 'backstage-plugin-api-products-common';
import { Link } from '../backstage';
import { useT } from '../../hooks/useT';

/** Who owns a record, and for one in Git where it is edited. */
export function OriginText(props: {
  record: {
    title: string;
    origin: Origin;
    editUrl?: string;
    hiddenSince?: string;
  };
}) {
  const { title, origin, editUrl, hiddenSince } = props.record;
  const t = useT();
  return (
    <>
      {t(`admin.origin.${origin}`)}
      {origin === 'catalog' && editUrl && (
        <>
          {' · '}
          <Link
            to={editUrl}
            aria-label={t('admin.editInGitLabel', { name: title })}
          >
            {t('admin.editInGit')}
          </Link>
        </>
      )}
      {hiddenSince && (
        <Typography variant="caption" display="block">
          {t('admin.hidden')}
        </Typography>
      )}
    </>
  );
}
