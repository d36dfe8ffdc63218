import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { serverErrorOf } from '../../hooks/serverError';
import { useT } from '../../hooks/useT';
import { Why } from './Problem';

interface ErrorStateProps {
  /** What did not work. */
  title: string;
  /** Why; said in words as `Problem` does. */
  error: Error;
  onRetry?: () => void;
}

/** Says what did not work and why, and tries again; what is not for the caller is not tried again. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  const t = useT();
  const { status, code } = serverErrorOf(error);
  // Any other code says who may, or what to do.
  const denied = status === 403 && (!code || code === 'not-allowed');
  return (
    <Box role="alert" py={4} textAlign="center">
      <Typography variant="h6" component="h2" gutterBottom>
        {title}
      </Typography>
      <Typography color="textSecondary" paragraph>
        {denied ? t('shared.problem.denied') : <Why error={error} />}
      </Typography>
      {onRetry && !denied && (
        <Button variant="outlined" color="primary" onClick={onRetry}>
          {t('shared.retry')}
        </Button>
      )}
    </Box>
  );
}
