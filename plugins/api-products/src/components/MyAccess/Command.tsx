import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles(theme => ({
  code: {
    margin: 0,
    padding: theme.spacing(1),
    fontFamily: 'monospace',
    fontSize: theme.typography.body2.fontSize,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** A command to run, and a button that copies it. */
export function Command(props: { command: string; copyLabel: string }) {
  const classes = useStyles();
  return (
    <Box>
      <pre className={classes.code}>
        <code>{props.command}</code>
      </pre>
      <CopyButton text={props.command} label={props.copyLabel} />
    </Box>
  );
}
