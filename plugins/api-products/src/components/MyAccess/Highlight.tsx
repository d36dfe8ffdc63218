import { useEffect, useRef, type ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../hooks/useT';

const useStyles = makeStyles(
  theme => ({
    item: {
      padding: theme.spacing(1.5, 2),
      borderLeft: '4px solid transparent',
      overflowWrap: 'anywhere',
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    },
    linked: {
      borderLeftColor: theme.palette.primary.main,
      backgroundColor: theme.palette.action.selected,
    },
  }),
  { name: 'ApiProductsHighlight' },
);

/** An item of a list; the one that a link leads to is marked, in words too, and brought into view. */
export function Highlight(props: {
  label: string;
  linked: boolean;
  children: ReactNode;
}) {
  const { label, linked, children } = props;
  const t = useT();
  const classes = useStyles();
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (linked) {
      element.current?.scrollIntoView?.({ block: 'center' });
      element.current?.focus({ preventScroll: true });
    }
  }, [linked]);

  return (
    // No landmark: several applications may have the same product on the same plan.
    <div
      ref={element}
      role="group"
      aria-label={label}
      aria-current={linked || undefined}
      tabIndex={linked ? -1 : undefined}
      className={`${classes.item} ${linked ? classes.linked : ''}`}
    >
      {linked && (
        <Typography variant="caption" color="primary" component="p">
          {t('myAccess.linked')}
        </Typography>
      )}
      {children}
    </div>
  );
}
