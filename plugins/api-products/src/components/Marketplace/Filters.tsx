import { useState } from 'react';
import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { ProductQuery } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName } from '../shared';
import {
  AUTHENTICATIONS,
  BILLING_MODES,
  FilterName,
  LIFECYCLES,
} from './marketplaceQuery';
import type { Facets } from './useFacets';

const useStyles = makeStyles(
  theme => ({ box: { padding: theme.spacing(0.25, 1) } }),
  { name: 'ApiProductsFilters' },
);

interface Choice {
  value: string;
  label: ReactNode;
}

/** What can be chosen, and what is chosen without being offered: it must be possible to take it away. */
function withChosen(choices: Choice[], chosen: string[] = []): Choice[] {
  const missing = chosen.filter(
    value => !choices.some(choice => choice.value === value),
  );
  return [...choices, ...missing.map(value => ({ value, label: value }))];
}

function FilterGroup(props: {
  label: string;
  choices: Choice[];
  chosen?: string[];
  onToggle: (value: string) => void;
}) {
  const classes = useStyles();
  const choices = withChosen(props.choices, props.chosen);
  if (choices.length === 0) {
    return null;
  }
  return (
    <Box mb={2}>
      <FormControl component="fieldset" fullWidth>
        <FormLabel component="legend">{props.label}</FormLabel>
        <FormGroup>
          {choices.map(({ value, label }) => (
            <FormControlLabel
              key={value}
              label={<Typography variant="body2">{label}</Typography>}
              control={
                <Checkbox
                  size="small"
                  color="primary"
                  className={classes.box}
                  checked={props.chosen?.includes(value) ?? false}
                  onChange={() => props.onToggle(value)}
                />
              }
            />
          ))}
        </FormGroup>
      </FormControl>
    </Box>
  );
}

interface FiltersProps {
  facets: Facets;
  query: ProductQuery;
  narrowed: boolean;
  onToggle: (name: FilterName, value: string) => void;
  onClear: () => void;
}

/** The filters beside the list; on a small screen they open on demand. */
export function Filters(props: FiltersProps) {
  const { facets, query, narrowed, onToggle, onClear } = props;
  const t = useT();
  const small = useMediaQuery(useTheme().breakpoints.down('sm'));
  const [asked, setAsked] = useState(false);
  const open = !small || asked;

  const named = (values: string[]): Choice[] =>
    values.map(value => ({ value, label: <EntityName entityRef={value} /> }));
  const group = (name: FilterName, choices: Choice[]) => (
    <FilterGroup
      label={t(`marketplace.filter.${name}`)}
      choices={choices}
      chosen={query[name]}
      onToggle={value => onToggle(name, value)}
    />
  );

  return (
    <section aria-label={t('marketplace.filters')}>
      {small && (
        <Button aria-expanded={open} onClick={() => setAsked(!asked)}>
          {t(open ? 'marketplace.hideFilters' : 'marketplace.showFilters')}
        </Button>
      )}
      {open && (
        <>
          {group(
            'catalogue',
            facets.catalogues.map(({ ref, title }) => ({
              value: ref,
              label: title,
            })),
          )}
          {group('owner', named(facets.owners))}
          {group(
            'tag',
            facets.tags.map(tag => ({ value: tag, label: tag })),
          )}
          {group(
            'lifecycle',
            LIFECYCLES.map(value => ({
              value,
              label: t(`product.lifecycle.${value}`),
            })),
          )}
          {group(
            'billing',
            BILLING_MODES.map(value => ({
              value,
              label: t(`product.billing.${value}`),
            })),
          )}
          {group(
            'auth',
            AUTHENTICATIONS.map(value => ({
              value,
              label: t(`product.auth.${value}`),
            })),
          )}
          <Button
            size="small"
            variant="outlined"
            disabled={!narrowed}
            onClick={onClear}
          >
            {t('marketplace.clear')}
          </Button>
        </>
      )}
    </section>
  );
}
