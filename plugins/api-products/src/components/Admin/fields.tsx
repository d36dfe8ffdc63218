/** Fields that several admin forms have in the same words. */
import type { ReactNode } from 'react';
import MuiTextField from '@material-ui/core/TextField';
import { useUniqueId } from '../../hooks/useUniqueId';

interface FieldProps {
  label: string;
  value: string;
  error?: string;
  help?: string;
  required?: boolean;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** One line, or several where `rows` is given. */
export function TextLine(
  props: FieldProps & { rows?: number; maxLength?: number; numeric?: boolean },
) {
  const { error, help, onChange, rows, maxLength, numeric, ...rest } = props;
  const id = useUniqueId('field');
  return (
    <MuiTextField
      {...rest}
      id={id}
      fullWidth
      margin="dense"
      multiline={rows !== undefined}
      minRows={rows}
      error={error !== undefined}
      helperText={error ?? help}
      inputProps={{ maxLength, inputMode: numeric ? 'numeric' : undefined }}
      onChange={event => onChange(event.target.value)}
    />
  );
}

/** One of a few. */
export function Choose(
  props: FieldProps & { options: [value: string, label: ReactNode][] },
) {
  const { error, help, onChange, options, ...rest } = props;
  const id = useUniqueId('field');
  return (
    <MuiTextField
      {...rest}
      id={id}
      select
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      fullWidth
      margin="dense"
      error={error !== undefined}
      helperText={error ?? help}
      onChange={event => onChange(event.target.value)}
    >
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </MuiTextField>
  );
}
