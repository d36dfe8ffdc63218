import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import {
  formatDuration,
  type IsoDuration,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { daysOf, OTHER, type Overlap } from './overlap';

/** How long two keys work beside each other. */
export function OverlapFields(props: {
  legend: string;
  choices: readonly IsoDuration[];
  value: Overlap;
  onChange: (value: Overlap) => void;
}) {
  const { legend, choices, value, onChange } = props;
  const t = useT();
  const id = useUniqueId('overlap');
  const isWrong = value.choice === OTHER && daysOf(value) === undefined;
  return (
    <FormControl component="fieldset" fullWidth margin="normal">
      <FormLabel component="legend">{legend}</FormLabel>
      <RadioGroup
        aria-label={legend}
        name={id}
        value={value.choice}
        onChange={(_, choice) => onChange({ ...value, choice })}
      >
        {[...choices, OTHER].map(choice => (
          <FormControlLabel
            key={choice}
            value={choice}
            control={<Radio color="primary" />}
            label={labelOf(choice)}
          />
        ))}
      </RadioGroup>
      {value.choice === OTHER && (
        <TextField
          id={`${id}-days`}
          label={t('myAccess.rotate.days')}
          helperText={t('myAccess.rotate.daysHelp')}
          error={isWrong && value.days !== ''}
          value={value.days}
          inputProps={{ inputMode: 'numeric' }}
          onChange={event => onChange({ ...value, days: event.target.value })}
        />
      )}
    </FormControl>
  );

  function labelOf(choice: string): string {
    switch (choice) {
      case 'PT0S':
        return t('myAccess.rotate.atOnce');
      case 'PT24H':
      case 'P1D':
        return t('myAccess.rotate.aDay');
      case 'P7D':
        return t('myAccess.rotate.aWeek');
      case OTHER:
        return t('myAccess.rotate.other');
      default:
        return formatDuration(choice);
    }
  }
}
