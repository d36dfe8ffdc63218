import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useT } from '../../hooks/useT';

/** Copies a text and says whether that worked; it does not on pages without TLS. */
export function CopyButton(props: { text: string; label: string }) {
  const { text, label } = props;
  const t = useT();
  const [outcome, setOutcome] = useState<{ of: string; copied: boolean }>();

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome({ of: text, copied: true });
    } catch {
      setOutcome({ of: text, copied: false });
    }
  };
  const said = outcome?.of === text ? outcome : undefined;

  return (
    <Box display="flex" alignItems="center" flexWrap="wrap" gridGap={8}>
      <Button size="small" startIcon={<FileCopyIcon />} onClick={copy}>
        {label}
      </Button>
      <Typography
        variant="caption"
        role="status"
        color={said && !said.copied ? 'error' : 'textSecondary'}
      >
        {said &&
          t(
            said.copied
              ? 'myAccess.reveal.copied'
              : 'myAccess.reveal.copyFailed',
          )}
      </Typography>
    </Box>
  );
}
