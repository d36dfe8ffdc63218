import {
  RECORD_NAME_MAX_LENGTH,
  slugOf,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { TextLine } from './fields';

/** What a new record is called by people, and in addresses. */
export interface Naming {
  title: string;
  /** Follows the title until it is written. */
  name?: string;
}

/** The name in addresses as it stands now. */
export const nameOf = ({ title, name }: Naming): string =>
  name ?? slugOf(title);

export function NameFields(props: {
  form: Naming;
  errors: { title?: string; name?: string };
  label: string;
  help?: string;
  /** The record has a name already. */
  existing: boolean;
  disabled: boolean;
  onChange: (change: Partial<Naming>) => void;
}) {
  const { form, errors, label, help, existing, disabled, onChange } = props;
  const t = useT();
  return (
    <>
      <TextLine
        label={label}
        required
        value={form.title}
        error={errors.title}
        help={help}
        disabled={disabled}
        maxLength={255}
        onChange={title => onChange({ title })}
      />
      {!existing && (
        <TextLine
          label={t('admin.field.identifier')}
          required
          value={nameOf(form)}
          error={errors.name}
          help={t('admin.field.identifierHelp')}
          disabled={disabled}
          maxLength={RECORD_NAME_MAX_LENGTH}
          onChange={name => onChange({ name })}
        />
      )}
    </>
  );
}
