import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type {
  DriftAction,
  DriftItem,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useAction } from '../../../hooks/useAction';
import { useT } from '../../../hooks/useT';
import { useUniqueId } from '../../../hooks/useUniqueId';
import { Problem } from '../../shared';
import { willDo } from './driftLabels';

/** What can be done about a difference, each with what will happen. */
export function DriftActions(props: {
  item: DriftItem;
  /** It has been begun; the result comes by itself. */
  onBegun: (item: DriftItem) => void;
}) {
  const { item, onBegun } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const id = useUniqueId('drift');
  const repair = useAction(async (action: DriftAction) =>
    onBegun(await api.repairDrift(item.provider, item.id, { action })),
  );
  return (
    <>
      <Box component="ul" p={0} mt={2} style={{ listStyle: 'none' }}>
        {item.actions.map((action, index) => {
          const word = t(`adminProviders.drift.action.${action}`);
          return (
            <Box
              component="li"
              key={action}
              display="flex"
              flexWrap="wrap"
              alignItems="center"
              gridGap={12}
              mb={1}
            >
              <Button
                size="small"
                variant={index === 0 ? 'contained' : 'outlined'}
                color={index === 0 ? 'primary' : 'default'}
                disabled={repair.busy}
                aria-label={t('adminProviders.drift.actionLabel', {
                  action: word,
                  title: item.subject.title,
                })}
                aria-describedby={`${id}-${action}`}
                onClick={() => repair.run(action)}
              >
                {word}
              </Button>
              <Box flex="1 1 240px">
                <Typography variant="body2" id={`${id}-${action}`}>
                  {t(`adminProviders.drift.will.${willDo(item, action)}`)}
                </Typography>
              </Box>
            </Box>
          );
        })}
      </Box>
      <Problem title={t('adminProviders.drift.failed')} error={repair.error} />
    </>
  );
}
