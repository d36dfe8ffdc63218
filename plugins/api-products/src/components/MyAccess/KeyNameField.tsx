import TextField from '@material-ui/core/TextField';
import { useT } from '../../hooks/useT';

/** As the schema has it. */
const LONGEST_NAME = 63;

/** What a new key is called; it may be left empty. */
export function KeyNameField(props: {
  id: string;
  value: string;
  onChange: (name: string) => void;
}) {
  const { id, value, onChange } = props;
  const t = useT();
  return (
    <TextField
      id={id}
      label={t('myAccess.issue.name')}
      helperText={t('myAccess.issue.nameHelp')}
      fullWidth
      margin="normal"
      value={value}
      inputProps={{ maxLength: LONGEST_NAME }}
      onChange={event => onChange(event.target.value)}
    />
  );
}
