import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import type { EntityRef, Product } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useProductChoices } from '../../hooks/useProductChoices';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { Picker, SearchField } from '../shared';
import { STATUS_CHOICES, type SubscriptionsView } from './subscriptionsView';

function Choice(props: {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  const id = useUniqueId('choice');
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      variant="outlined"
      size="small"
      label={label}
      InputLabelProps={{ shrink: true }}
      value={value}
      onChange={event => onChange(event.target.value)}
    >
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </TextField>
  );
}

/** The product's plans, and the one that is looked at although the product has it no longer. */
function planOptions({ plans }: Product, chosen: EntityRef | undefined) {
  const options = plans.map(({ ref, title }) => ({ value: ref, label: title }));
  return chosen === undefined || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: refName(chosen) }];
}

/** The server narrows what is shown; which product, where it is not the page of one. */
export function SubscriptionFilters(props: {
  product?: Product;
  view: SubscriptionsView;
  onChange: (part: keyof SubscriptionsView, value: string | undefined) => void;
}) {
  const { product, view, onChange } = props;
  const t = useT();
  const productChoices = useProductChoices();
  return (
    <Box
      component="section"
      aria-label={t('subscriptions.filters')}
      display="flex"
      flexWrap="wrap"
      alignItems="flex-end"
      gridGap={16}
      mb={2}
    >
      <SearchField
        label={t('subscriptions.search')}
        q={view.q}
        onSearch={q => onChange('q', q)}
      />
      {product ? (
        <Choice
          label={t('subscriptions.filter.plan')}
          value={view.plan ?? ''}
          options={[
            { value: '', label: t('subscriptions.filter.everyPlan') },
            ...planOptions(product, view.plan),
          ]}
          onChange={plan => onChange('plan', plan)}
        />
      ) : (
        <Box flex="1 1 240px" maxWidth={320}>
          <Picker
            single
            label={t('subscriptions.filter.product')}
            choices={productChoices}
            value={view.product === undefined ? [] : [view.product]}
            onChange={([ref]) => onChange('product', ref)}
          />
        </Box>
      )}
      <Choice
        label={t('subscriptions.filter.status')}
        value={view.status}
        options={STATUS_CHOICES.map(value => ({
          value,
          label: t(`subscriptions.filter.${value}`),
        }))}
        onChange={status => onChange('status', status)}
      />
    </Box>
  );
}
