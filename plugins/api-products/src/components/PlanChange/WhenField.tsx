import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import type { PlanLink } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { usualWhen, type When } from './planChange';
import { useWhenWords } from './useWhenWords';

const WHENS: readonly When[] = ['now', 'period-end'];

/** When the change is to hold, with what is usual for the two plans. */
export function WhenField(props: {
  from: PlanLink;
  to: PlanLink;
  value: When;
  error?: string;
  disabled: boolean;
  onChange: (when: When) => void;
}) {
  const { from, to, value, error, disabled, onChange } = props;
  const t = useT();
  const wordsOf = useWhenWords();
  const usual =
    usualWhen(from, to) === 'now'
      ? t('planChange.usuallyNow', { plan: to.title, from: from.title })
      : t('planChange.usuallyLater', { plan: to.title, from: from.title });
  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      disabled={disabled}
      error={error !== undefined}
    >
      <FormLabel component="legend">{t('planChange.when')}</FormLabel>
      <RadioGroup
        aria-label={t('planChange.when')}
        name="when"
        value={value}
        onChange={(_, chosen) =>
          onChange(chosen === 'now' ? 'now' : 'period-end')
        }
      >
        {WHENS.map(when => (
          <FormControlLabel
            key={when}
            value={when}
            control={<Radio color="primary" size="small" />}
            label={wordsOf(from, when)}
          />
        ))}
      </RadioGroup>
      <FormHelperText>{error ?? usual}</FormHelperText>
    </FormControl>
  );
}
