import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { Calls } from './Calls';
import {
  KEY_PLACEHOLDER,
  PASSWORD_PLACEHOLDER,
  USER_PLACEHOLDER,
} from './curl';

/** How the product is called with a key of this subscription. */
export function UseIt({ usage }: Required<Pick<Subscription, 'usage'>>) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!usage) {
    return null;
  }
  const basic = usage.headerPrefix?.trim().toLowerCase() === 'basic';
  const isCallable = Boolean(usage.endpoint);
  return (
    <Box mt={1}>
      <Button
        size="small"
        aria-expanded={open}
        startIcon={open ? <ExpandLessIcon /> : <ExpandMoreIcon />}
        onClick={() => setOpen(!open)}
      >
        {t('myAccess.usage.title')}
      </Button>
      {open && (
        <Box pl={1} pt={1}>
          {isCallable && (
            <Typography variant="body2" gutterBottom>
              {t(
                basic
                  ? 'myAccess.usage.withPassword'
                  : 'myAccess.usage.withKey',
              )}
            </Typography>
          )}
          <Calls
            usage={usage}
            presented={
              basic
                ? {
                    user: {
                      name: USER_PLACEHOLDER,
                      password: PASSWORD_PLACEHOLDER,
                    },
                  }
                : { key: KEY_PLACEHOLDER }
            }
            copyLabel={t('myAccess.usage.copy')}
          />
        </Box>
      )}
    </Box>
  );
}
