import { makeStyles } from '@material-ui/core/styles';

/** On a narrow screen a table scrolls sideways rather than breaking words, as Backstage's theme would have it. */
export const useTableStyles = makeStyles(
  { table: { '& th, & td': { wordBreak: 'normal' } } },
  { name: 'ApiProductsTable' },
);
