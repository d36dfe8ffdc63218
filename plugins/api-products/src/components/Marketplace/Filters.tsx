import { Suspense, lazy, useState } from 'react';
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
import type {
  Facet,
  ProductFacets,
  ProductQuery,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName } from '../shared';
import {
  AUTHENTICATIONS,
  BILLING_MODES,
  FilterName,
  LIFECYCLES,
  toggled,
} from './marketplaceQuery';
import { facetLabel, useFacetChoices, type FacetName } from './useFacets';

const Picker = lazy(() =>
  import('../shared/Picker').then(m => ({ default: m.Picker })),
);

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

interface FilterProps {
  label: string;
  choices: Choice[];
  chosen?: string[];
  onChange: (values: string[]) => void;
}

function FilterGroup(props: FilterProps) {
  const classes = useStyles();
  const { chosen = [], onChange } = props;
  const choices = withChosen(props.choices, chosen);
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
                  checked={chosen.includes(value)}
                  onChange={() => onChange(toggled(chosen, value))}
                />
              }
            />
          ))}
        </FormGroup>
      </FormControl>
    </Box>
  );
}

/** Boxes to tick where there are a few; a field to search in where there are many. */
function FacetFilter(
  props: Omit<FilterProps, 'choices'> & { name: FacetName; facet: Facet },
) {
  const { name, facet, label, chosen, onChange } = props;
  const choices = useFacetChoices()(name);
  if (facet.more) {
    return (
      <Box mb={2}>
        <Suspense fallback={<FormLabel>{label}</FormLabel>}>
          <Picker
            label={label}
            choices={choices}
            value={chosen ?? []}
            onChange={onChange}
          />
        </Suspense>
      </Box>
    );
  }
  return (
    <FilterGroup
      label={label}
      choices={facet.values.map(found => ({
        value: found.value,
        label:
          name === 'owner' ? (
            <EntityName entityRef={found.value} />
          ) : (
            facetLabel(name, found)
          ),
      }))}
      chosen={chosen}
      onChange={onChange}
    />
  );
}

interface FiltersProps {
  facets: ProductFacets;
  query: ProductQuery;
  narrowed: boolean;
  onChange: (name: FilterName, values: string[]) => void;
  onClear: () => void;
}

const FACETS: FacetName[] = ['catalogue', 'owner', 'tag'];

/** The filters beside the list; on a small screen they open on demand. */
export function Filters(props: FiltersProps) {
  const { facets, query, narrowed, onChange, onClear } = props;
  const t = useT();
  const small = useMediaQuery(useTheme().breakpoints.down('sm'));
  const [asked, setAsked] = useState(false);
  const open = !small || asked;

  const common = (name: FilterName) => ({
    label: t(`marketplace.filter.${name}`),
    chosen: query[name],
    onChange: (values: string[]) => onChange(name, values),
  });

  return (
    <section aria-label={t('marketplace.filters')}>
      {small && (
        <Button aria-expanded={open} onClick={() => setAsked(!asked)}>
          {t(open ? 'marketplace.hideFilters' : 'marketplace.showFilters')}
        </Button>
      )}
      {open && (
        <>
          {FACETS.map(name => (
            <FacetFilter
              key={name}
              name={name}
              facet={facets[name]}
              {...common(name)}
            />
          ))}
          <FilterGroup
            choices={LIFECYCLES.map(value => ({
              value,
              label: t(`product.lifecycle.${value}`),
            }))}
            {...common('lifecycle')}
          />
          <FilterGroup
            choices={BILLING_MODES.map(value => ({
              value,
              label: t(`product.billing.${value}`),
            }))}
            {...common('billing')}
          />
          <FilterGroup
            choices={AUTHENTICATIONS.map(value => ({
              value,
              label: t(`product.auth.${value}`),
            }))}
            {...common('auth')}
          />
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
