import Button from '@material-ui/core/Button';
import { LinkButton } from '../backstage';
import { EmptyState } from './EmptyState';

/**
 * The one page for what is not there and for what is not for the caller: the backend answers alike for both, and so does
 * this.
 */
export function NotForYou(props: {
  title: string;
  description: string;
  /** The way back: where it leads, or what it does. */
  back: string;
  to?: string;
  onBack?: () => void;
}) {
  const { title, description, back, to, onBack } = props;
  return (
    <EmptyState
      title={title}
      description={description}
      action={
        onBack ? (
          <Button variant="outlined" color="primary" onClick={onBack}>
            {back}
          </Button>
        ) : (
          <LinkButton to={to} variant="outlined" color="primary">
            {back}
          </LinkButton>
        )
      }
    />
  );
}
