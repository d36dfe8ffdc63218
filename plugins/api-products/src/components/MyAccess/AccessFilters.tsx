import Box from '@material-ui/core/Box';
import { useApi } from '@backstage/core-plugin-api';
import type { Application } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { refName } from '../../hooks/refName';
import { useApplicationChoices } from '../../hooks/useApplicationChoices';
import { useT } from '../../hooks/useT';
import { Picker, type Choices } from '../shared';
import type { AccessView } from './accessView';

/** As many as somebody looks through. */
const MOST = 20;

function useProductChoices(): Choices {
  const api = useApi(apiProductsApiRef);
  return {
    key: 'products',
    labelOf: refName,
    load: async (q, signal) => {
      const { items } = await api.listProductCards(
        { ...(q && { q }), limit: MOST },
        { signal },
      );
      return items.map(({ ref, title }) => ({ value: ref, label: title }));
    },
  };
}

const some = (value: string | undefined) =>
  value === undefined ? [] : [value];

/** The server narrows what is shown to an application and a product. */
export function AccessFilters(props: {
  view: AccessView;
  /** Those on the page. */
  applications: Pick<Application, 'id' | 'name'>[];
  onChange: (part: 'application' | 'product', value?: string) => void;
}) {
  const { view, applications, onChange } = props;
  const t = useT();
  const applicationChoices = useApplicationChoices(applications);
  const productChoices = useProductChoices();
  return (
    <Box
      component="section"
      aria-label={t('myAccess.filters')}
      display="flex"
      flexWrap="wrap"
      gridGap={16}
      mb={2}
    >
      <Box flex="1 1 240px" maxWidth={400}>
        <Picker
          single
          label={t('myAccess.filterApplication')}
          choices={applicationChoices}
          value={some(view.application)}
          onChange={([id]) => onChange('application', id)}
        />
      </Box>
      <Box flex="1 1 240px" maxWidth={400}>
        <Picker
          single
          label={t('myAccess.filterProduct')}
          choices={productChoices}
          value={some(view.product)}
          onChange={([ref]) => onChange('product', ref)}
        />
      </Box>
    </Box>
  );
}
