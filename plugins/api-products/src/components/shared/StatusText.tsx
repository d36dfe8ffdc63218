import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

/** How a state feels; the words say what it is. */
export type StatusTone = 'ok' | 'waiting' | 'warning' | 'error' | 'ended';

const MARKS: Record<StatusTone, string> = {
  ok: '●',
  waiting: '◌',
  warning: '▲',
  error: '✕',
  ended: '○',
};

const useStyles = makeStyles(
  theme => ({
    root: {
      ...theme.typography.body2,
      display: 'inline-flex',
      gap: theme.spacing(0.75),
    },
    ok: { color: theme.palette.success.main },
    waiting: { color: theme.palette.info.main },
    warning: { color: theme.palette.warning.main },
    error: { color: theme.palette.error.main },
    ended: { color: theme.palette.text.secondary },
  }),
  { name: 'ApiProductsStatusText' },
);

/** A state in words, with a mark whose shape and colour both differ. */
export function StatusText(props: { tone: StatusTone; children: ReactNode }) {
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <span aria-hidden="true" className={classes[props.tone]}>
        {MARKS[props.tone]}
      </span>
      <span>{props.children}</span>
    </span>
  );
}
