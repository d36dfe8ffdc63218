import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { Command } from './Command';
import {
  curlCommand,
  curlWithPassword,
  KEY_PLACEHOLDER,
  PASSWORD_PLACEHOLDER,
  USER_PLACEHOLDER,
} from './curl';

/** How the product is called with a key of this subscription. @internal */
export function UseIt({ usage }: Required<Pick<Subscription, 'usage'>>) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!usage) {
    return null;
  }
  const { endpoint, headerName, headerPrefix } = usage;
  const basic = headerPrefix.trim().toLowerCase() === 'basic';
  const command = (address: string) =>
    basic
      ? curlWithPassword(
          { name: USER_PLACEHOLDER, password: PASSWORD_PLACEHOLDER },
          address,
        )
      : curlCommand(
          { name: headerName, value: headerPrefix + KEY_PLACEHOLDER },
          address,
        );
  const withKey = basic
    ? t('myAccess.usage.withPassword')
    : t('myAccess.usage.withKey');
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
          <Typography variant="body2" gutterBottom>
            {basic
              ? t('myAccess.usage.basic')
              : t('myAccess.usage.header', { header: headerName })}{' '}
            {endpoint ? withKey : t('myAccess.usage.noEndpoint')}
          </Typography>
          {endpoint && (
            <Command
              command={command(endpoint)}
              copyLabel={t('myAccess.usage.copy')}
            />
          )}
        </Box>
      )}
    </Box>
  );
}
