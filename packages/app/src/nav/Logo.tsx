import { Link, useSidebarOpenState } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import StorefrontIcon from '@material-ui/icons/Storefront';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    height: theme.spacing(9),
    paddingLeft: theme.spacing(3),
    color: theme.palette.navigation.selectedColor,
  },
}));

/** Leads home, which is the marketplace. */
export function Logo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={classes.root}
      aria-label="API Products: home"
    >
      <StorefrontIcon />
      {isOpen && (
        <Typography variant="h6" component="span" noWrap>
          API Products
        </Typography>
      )}
    </Link>
  );
}
