import { useEffect, useRef } from 'react';
import Typography from '@material-ui/core/Typography';
import { serverErrorOf } from '../../hooks/serverError';
import { useRefusal } from '../../hooks/useRefusal';
import { useRoute } from '../../hooks/useRoute';
import { useT } from '../../hooks/useT';
import { myAccessRouteRef } from '../../routes';
import { Link } from '../backstage';

/** Leads to what is in the way, where the backend says what that is. */
function NextStep({ error }: { error: Error }) {
  const t = useT();
  const myAccess = useRoute(myAccessRouteRef);
  const { fields, status } = serverErrorOf(error);
  const [name, id] =
    fields.subscription !== undefined
      ? ['subscription', fields.subscription]
      : ['request', fields.accessRequest];
  return status === 409 && id !== undefined && myAccess ? (
    <>
      {' '}
      <Link to={`${myAccess()}?${name}=${encodeURIComponent(id)}`}>
        {t('shared.problem.seeIt')}
      </Link>
    </>
  ) : null;
}

/** Why, in words that a person can do something with. */
export function Why({ error }: { error: Error }) {
  const t = useT();
  const refusal = useRefusal();
  const { status, message } = serverErrorOf(error);
  if (status === 401) {
    return <>{t('shared.problem.signedOut')}</>;
  }
  if (error instanceof TypeError && message === 'Failed to fetch') {
    return <>{t('shared.problem.noConnection')}</>;
  }
  // A proxy that answers in the backend's place has nothing to say.
  return /^Request failed with status 50[234]\b/.test(message) ? (
    <>{t('shared.problem.unavailable')}</>
  ) : (
    <>{refusal(error)}</>
  );
}

/**
 * Why something that was asked for did not happen; it stands beside the button that was pressed and takes the focus as
 * it appears.
 */
export function Problem(props: {
  title: string;
  error?: Error;
  /** Nobody pressed a button: it is announced, and the focus stays. */
  background?: boolean;
}) {
  const { title, error, background } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error && !background) {
      place.current?.focus();
    }
  }, [error, background]);
  return (
    <div role="alert" ref={place} tabIndex={-1}>
      {error && (
        <Typography variant="body2" color="error">
          {title}: <Why error={error} />
          <NextStep error={error} />
        </Typography>
      )}
    </div>
  );
}
