import { makeStyles } from '@material-ui/core/styles';
import { NavLink } from 'react-router-dom';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 3),
      listStyle: 'none',
      margin: theme.spacing(0, 0, 3),
      padding: 0,
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    link: {
      ...theme.typography.button,
      display: 'block',
      padding: theme.spacing(1, 0),
      color: theme.palette.text.secondary,
      textDecoration: 'none',
      borderBottom: '2px solid transparent',
      '&:hover': { color: theme.palette.text.primary },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
      '&[aria-current="page"]': {
        color: theme.palette.text.primary,
        borderBottomColor: theme.palette.primary.main,
      },
    },
  }),
  { name: 'ApiProductsSectionNav' },
);

/** The sections of a page, each with an address of its own. */
export function SectionNav(props: {
  label: string;
  sections: {
    to: string;
    title: string;
    /** Marked only where the address is exactly this one. */
    end?: boolean;
  }[];
}) {
  const classes = useStyles();
  return (
    <nav aria-label={props.label}>
      <ul className={classes.list}>
        {props.sections.map(({ to, title, end }) => (
          <li key={to}>
            <NavLink to={to} end={end} className={classes.link}>
              {title}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
