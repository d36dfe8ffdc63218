import Box from '@material-ui/core/Box';
import { useT } from '../../../hooks/useT';
import { Choose, TextLine } from '../fields';
import { UNLIMITED, type LimitForm } from './planForm';

/** How many in which time, or no limit. */
export function LimitField(props: {
  label: string;
  perLabel: string;
  value: LimitForm;
  /** Times to choose from; one that is set already is among them in any case. */
  periods: [value: string, label: string][];
  formatPeriod: (per: string) => string;
  unlimited?: boolean;
  help?: string;
  error?: string;
  disabled: boolean;
  onChange: (value: LimitForm) => void;
}) {
  const { label, value, periods, error, disabled, onChange } = props;
  const t = useT();
  const options = [...periods];
  if (props.unlimited) {
    options.push([UNLIMITED, t('adminPlans.dialog.unlimited')]);
  }
  if (!options.some(([per]) => per === value.per)) {
    options.push([value.per, props.formatPeriod(value.per)]);
  }
  return (
    <Box display="flex" flexWrap="wrap" style={{ columnGap: 16 }}>
      <Box flex="1 1 160px">
        <TextLine
          label={label}
          numeric
          value={value.per === UNLIMITED ? '' : value.requests}
          error={error}
          help={props.help}
          disabled={disabled || value.per === UNLIMITED}
          onChange={requests => onChange({ ...value, requests })}
        />
      </Box>
      <Box flex="1 1 160px">
        <Choose
          label={props.perLabel}
          value={value.per}
          disabled={disabled}
          options={options}
          onChange={per => onChange({ ...value, per })}
        />
      </Box>
    </Box>
  );
}
