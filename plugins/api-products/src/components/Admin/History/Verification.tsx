import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatNumber,
  type HistoryVerification,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { plainWords } from '../../../hooks/plainWords';
import { useAction } from '../../../hooks/useAction';
import { useT } from '../../../hooks/useT';
import { Problem, RelativeTime, StatusText } from '../../shared';

function Verdict({ found }: { found: HistoryVerification }) {
  const t = useT();
  const { problem, lines, hash, unsealed, late, firstLate } = found;
  const whole =
    lines === 0
      ? t('adminHistory.verification.none')
      : t('adminHistory.verification.whole', { count: lines });
  return (
    <>
      <StatusText tone={problem ? 'error' : 'ok'}>
        {problem
          ? t(`adminHistory.verification.problem.${problem.kind}`, {
              position: formatNumber(problem.position),
            })
          : whole}
      </StatusText>
      {problem?.message && (
        <Typography variant="body2">
          {t('adminHistory.verification.line', {
            message: plainWords(problem.message),
          })}
          {problem.at && (
            <>
              {' · '}
              <RelativeTime at={problem.at} />
            </>
          )}
        </Typography>
      )}
      {late > 0 && firstLate !== undefined && (
        <Typography variant="body2">
          {t('adminHistory.verification.late', {
            count: late,
            first: formatNumber(firstLate),
          })}
        </Typography>
      )}
      {unsealed > 0 && (
        <Typography variant="body2">
          {t('adminHistory.verification.unsealed', { count: unsealed })}
        </Typography>
      )}
      {!problem && hash && (
        <Typography
          variant="body2"
          color="textSecondary"
          style={{ overflowWrap: 'anywhere' }}
        >
          {t('adminHistory.verification.note', {
            position: formatNumber(lines),
            hash,
          })}
        </Typography>
      )}
    </>
  );
}

/** Whether the history is as it was written; it is read to its end for that, so only when somebody asks. */
export function Verification() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [found, setFound] = useState<HistoryVerification>();
  const check = useAction(async () => {
    setFound(undefined);
    setFound(await api.getHistoryVerification());
  });
  return (
    <Box mb={3} maxWidth={1000}>
      <Typography variant="h6" component="h2" gutterBottom>
        {t('adminHistory.verification.title')}
      </Typography>
      <Typography variant="body2" paragraph>
        {t('adminHistory.verification.explain')}
      </Typography>
      <Button
        size="small"
        variant="outlined"
        disabled={check.busy}
        onClick={() => check.run()}
      >
        {t('adminHistory.verification.check')}
      </Button>
      <Box mt={1} role="status">
        {check.busy && t('adminHistory.verification.checking')}
        {found && <Verdict found={found} />}
      </Box>
      <Problem
        title={t('adminHistory.verification.failed')}
        error={check.error}
      />
    </Box>
  );
}
