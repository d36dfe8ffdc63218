import Box from '@material-ui/core/Box';
import type { Application } from 'backstage-plugin-api-products-common';
import { useApplicationChoices } from '../../hooks/useApplicationChoices';
import { useProductChoices } from '../../hooks/useProductChoices';
import { useT } from '../../hooks/useT';
import { Picker } from '../shared';
import type { AccessView } from './accessView';

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
