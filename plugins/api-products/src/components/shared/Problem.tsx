import Typography from '@material-ui/core/Typography';
import { serverErrorOf } from '../../hooks/serverError';

/** Why something that was asked for did not happen, in the backend's words; announced as it appears. @internal */
export function Problem(props: { title: string; error?: Error }) {
  const { title, error } = props;
  return (
    <div role="alert">
      {error && (
        <Typography variant="body2" color="error">
          {title}: {serverErrorOf(error).message}
        </Typography>
      )}
    </div>
  );
}
