import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import type { Application, Me } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { refName } from '../../hooks/refName';
import { useApplicationChoices } from '../../hooks/useApplicationChoices';
import { Picker } from '../shared';
import type { RequestField } from './requestFields';
import { NewApplicationFields } from './NewApplicationFields';
import type { RequestForm } from './requestForm';

/** Value of the radio that opens the fields of a new application; no id looks like it. */
const NEW = 'new';

/** Which application asks: one that exists, or a new one with a name, an owner and maybe a component. */
export function ApplicationFields(props: {
  applications: Application[];
  /** There are more than these. */
  more: boolean;
  me: Me;
  form: RequestForm;
  errors: Partial<Record<RequestField, string>>;
  disabled: boolean;
  onChange: (change: Partial<RequestForm>) => void;
}) {
  const { applications, more, me, form, errors, disabled, onChange } = props;
  const t = useT();
  const choices = useApplicationChoices(applications);
  const asNew = form.application === undefined && (
    <NewApplicationFields
      me={me}
      form={form}
      errors={errors}
      disabled={disabled}
      onChange={onChange}
    />
  );
  if (more) {
    return (
      <>
        <Picker
          single
          label={t('requestAccess.for')}
          choices={choices}
          value={form.application === undefined ? [] : [form.application]}
          disabled={disabled}
          error={errors.application}
          help={t('requestAccess.searchApplication')}
          onChange={([application]) => onChange({ application })}
        />
        {asNew}
      </>
    );
  }

  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="none"
      disabled={disabled}
      error={errors.application !== undefined}
    >
      <FormLabel component="legend">{t('requestAccess.for')}</FormLabel>
      <RadioGroup
        aria-label={t('requestAccess.for')}
        name="application"
        value={form.application ?? NEW}
        onChange={(_, value) =>
          onChange({ application: value === NEW ? undefined : value })
        }
      >
        {applications.map(({ id, name, owner }) => (
          <FormControlLabel
            key={id}
            value={id}
            control={<Radio color="primary" size="small" />}
            label={t('requestAccess.applicationOption', {
              name,
              owner: refName(owner),
            })}
          />
        ))}
        <FormControlLabel
          value={NEW}
          control={<Radio color="primary" size="small" />}
          label={t('requestAccess.newApplication')}
        />
      </RadioGroup>
      {errors.application && (
        <FormHelperText>{errors.application}</FormHelperText>
      )}
      {asNew}
    </FormControl>
  );
}
