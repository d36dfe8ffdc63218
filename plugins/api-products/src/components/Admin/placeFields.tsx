/** Who owns a record, and in which catalogues it stands. */
import { useT } from '../../hooks/useT';
import { Picker, type PickerProps } from '../shared';
import { useCatalogueChoices, useOwnerChoices } from './useChoices';

type PlaceProps = Pick<
  PickerProps,
  'value' | 'error' | 'help' | 'disabled' | 'onChange'
>;

export function OwnerField(props: PlaceProps) {
  const t = useT();
  const owners = useOwnerChoices();
  return (
    <Picker
      single
      required
      label={t('admin.field.owner')}
      choices={owners}
      {...props}
    />
  );
}

export function CataloguesField(props: PlaceProps) {
  const t = useT();
  const catalogues = useCatalogueChoices();
  return (
    <Picker
      label={t('admin.field.catalogues')}
      choices={catalogues}
      {...props}
    />
  );
}
