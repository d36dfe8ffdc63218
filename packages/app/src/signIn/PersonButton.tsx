import ButtonBase from '@material-ui/core/ButtonBase';
import Avatar from '@material-ui/core/Avatar';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { DemoPerson } from './people';

const useStyles = makeStyles(theme => ({
  root: {
    width: '100%',
    display: 'flex',
    justifyContent: 'flex-start',
    gap: theme.spacing(2),
    padding: theme.spacing(1.5, 2),
    textAlign: 'left',
    borderRadius: theme.shape.borderRadius,
    '&:hover, &:focus-visible': {
      backgroundColor: theme.palette.action.hover,
    },
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
}));

/** One click signs in as this person. */
export function PersonButton(props: { person: DemoPerson; onClick(): void }) {
  const { person, onClick } = props;
  const classes = useStyles();
  return (
    <ButtonBase className={classes.root} onClick={onClick}>
      <Avatar aria-hidden="true">{person.displayName.charAt(0)}</Avatar>
      <span>
        <Typography component="span" display="block" variant="body1">
          {person.displayName}
        </Typography>{' '}
        <Typography
          component="span"
          display="block"
          variant="body2"
          color="textSecondary"
        >
          {person.role} · {person.group}
        </Typography>
      </span>
    </ButtonBase>
  );
}
