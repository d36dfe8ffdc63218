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

function CataloguesField(props: PlaceProps) {
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

interface Place {
  owner: string[];
  catalogues: string[];
}

/** Both, of a form that has them under these names. */
export function PlaceFields(props: {
  form: Place;
  errors: Partial<Record<keyof Place, string>>;
  disabled: boolean;
  ownerHelp?: string;
  cataloguesHelp: string;
  onChange: (change: Partial<Place>) => void;
}) {
  const { form, errors, disabled, ownerHelp, cataloguesHelp, onChange } = props;
  return (
    <>
      <OwnerField
        help={ownerHelp}
        value={form.owner}
        error={errors.owner}
        disabled={disabled}
        onChange={owner => onChange({ owner })}
      />
      <CataloguesField
        help={cataloguesHelp}
        value={form.catalogues}
        error={errors.catalogues}
        disabled={disabled}
        onChange={catalogues => onChange({ catalogues })}
      />
    </>
  );
}
