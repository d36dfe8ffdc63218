import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import type {
  CalledApi,
  CallPart,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { Command } from './Command';
import { curlCommand } from './curl';

type Usage = NonNullable<Subscription['usage']>;

/** What is presented: a key, or a user with a password. */
type Presented = { key: string } | { user: { name: string; password: string } };

const USUAL_HEADER = 'Authorization';

/** Until its provider has been asked, an API is called as its product says. */
function apisOf({ apis, endpoint }: Usage): CalledApi[] {
  return apis.length > 0
    ? apis
    : [{ title: '', address: endpoint, alongside: [], notes: [] }];
}

function Call(props: {
  api: CalledApi;
  usage: Usage;
  presented: Presented;
  copyLabel: string;
}) {
  const { api, usage, presented, copyLabel } = props;
  const t = useT();
  const place: CallPart = api.keyPlaces?.[0] ?? {
    in: 'header',
    name: usage.headerName ?? USUAL_HEADER,
  };
  const address = api.address ?? (api.keyPlaces ? undefined : usage.endpoint);
  const isUser = 'user' in presented;
  const command =
    address &&
    curlCommand({
      address,
      parts: isUser
        ? api.alongside
        : [
            {
              ...place,
              value:
                place.in === 'header'
                  ? `${usage.headerPrefix ?? ''}${presented.key}`
                  : presented.key,
            },
            ...api.alongside,
          ],
      ...(isUser ? { user: presented.user } : {}),
    });
  return (
    <>
      <Typography variant="body2" gutterBottom>
        {[
          isUser
            ? t('myAccess.usage.basic')
            : t(`myAccess.usage.places.${place.in}`, { name: place.name }),
          ...api.notes,
          ...(command ? [] : [t('myAccess.usage.noEndpoint')]),
        ].join(' ')}
      </Typography>
      {command && <Command command={command} copyLabel={copyLabel} />}
    </>
  );
}

/** How each API of a subscription is called, with the command for it where its address is known. */
export function Calls(props: {
  usage: Usage;
  presented: Presented;
  copyLabel: string;
}) {
  const { usage, presented, copyLabel } = props;
  const t = useT();
  const apis = apisOf(usage);
  return (
    <>
      {apis.map((api, index) => (
        <Box key={`${index} ${api.title}`} mb={1}>
          {apis.length > 1 && (
            <Typography variant="subtitle2" component="h4">
              {api.title}
            </Typography>
          )}
          <Call
            api={api}
            usage={usage}
            presented={presented}
            copyLabel={
              apis.length > 1
                ? t('myAccess.usage.copyOf', {
                    label: copyLabel,
                    api: api.title,
                  })
                : copyLabel
            }
          />
        </Box>
      ))}
    </>
  );
}
