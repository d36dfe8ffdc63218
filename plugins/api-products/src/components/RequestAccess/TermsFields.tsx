import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Box from '@material-ui/core/Box';
import type { Terms } from 'backstage-plugin-api-products-common';
import { Link } from '../backstage';
import { useT } from '../../hooks/useT';
import { termsKey } from './requestForm';

/** The texts to accept. The link stands beside the label, so that reading a text does not accept it. */
export function TermsFields(props: {
  terms: Terms[];
  accepted: string[];
  error?: string;
  disabled: boolean;
  onChange: (accepted: string[]) => void;
}) {
  const { terms, accepted, error, disabled, onChange } = props;
  const t = useT();

  if (terms.length === 0) {
    return null;
  }
  const labelOf = ({ name, version, required }: Terms) => {
    const label = t('requestAccess.accept', { name, version });
    return required ? `${label} — ${t('requestAccess.required')}` : label;
  };
  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      disabled={disabled}
      error={error !== undefined}
    >
      <FormLabel component="legend">{t('requestAccess.terms')}</FormLabel>
      <FormGroup>
        {terms.map(item => {
          const key = termsKey(item);
          return (
            <Box key={key} display="flex" alignItems="center" flexWrap="wrap">
              <FormControlLabel
                control={
                  <Checkbox
                    color="primary"
                    size="small"
                    checked={accepted.includes(key)}
                    onChange={(_, checked) =>
                      onChange(
                        checked
                          ? [...accepted, key]
                          : accepted.filter(other => other !== key),
                      )
                    }
                  />
                }
                label={labelOf(item)}
              />
              <Link
                to={item.url}
                aria-label={t('requestAccess.readTermsLabel', {
                  name: item.name,
                })}
              >
                {t('requestAccess.readTerms')}
              </Link>
            </Box>
          );
        })}
      </FormGroup>
      {error && <FormHelperText>{error}</FormHelperText>}
    </FormControl>
  );
}
