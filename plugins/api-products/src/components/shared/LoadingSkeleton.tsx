import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../hooks/useT';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2) },
    cards: {
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
    },
    block: {
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.action.hover,
      animation: '$pulse 1.5s ease-in-out infinite',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
    '@keyframes pulse': {
      '0%, 100%': { opacity: 1 },
      '50%': { opacity: 0.4 },
    },
  }),
  { name: 'ApiProductsLoadingSkeleton' },
);

const HEIGHTS = { rows: 56, cards: 190, text: 20 };

interface LoadingSkeletonProps {
  /** What is being loaded, for those who hear the page. */
  label?: string;
  variant?: 'rows' | 'cards' | 'text';
  count?: number;
}

/** Keeps the place of what is coming. */
export function LoadingSkeleton({
  label,
  variant = 'rows',
  count = 4,
}: LoadingSkeletonProps) {
  const classes = useStyles();
  const t = useT();
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label={label ?? t('shared.loading')}
      className={`${classes.root} ${variant === 'cards' ? classes.cards : ''}`}
    >
      {Array.from({ length: count }, (_, index) => (
        <div
          key={index}
          className={classes.block}
          style={{ height: HEIGHTS[variant] }}
        />
      ))}
    </div>
  );
}
