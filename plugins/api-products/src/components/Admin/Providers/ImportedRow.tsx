import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Problem } from '../../shared';

const useStyles = makeStyles(
  theme => ({
    row: {
      padding: theme.spacing(2),
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
    },
    fields: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 1fr))',
      gap: theme.spacing(0, 2),
    },
  }),
  { name: 'ApiProductsImportedRow' },
);

/** One imported record: what it is, its fields, its buttons, and why the last try did not succeed. */
export function ImportedRow(props: {
  title: string;
  facts: ReactNode;
  fields: ReactNode;
  buttons: ReactNode;
  failed: string;
  problem?: Error;
}) {
  const classes = useStyles();
  return (
    <Paper
      variant="outlined"
      component="article"
      aria-label={props.title}
      className={classes.row}
    >
      <Typography variant="subtitle1" component="h4">
        {props.title}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {props.facts}
      </Typography>
      <div className={classes.fields}>{props.fields}</div>
      <Problem title={props.failed} error={props.problem} />
      <Box display="flex" flexWrap="wrap" gridGap={8} mt={1}>
        {props.buttons}
      </Box>
    </Paper>
  );
}
