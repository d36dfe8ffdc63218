import { useCallback, useEffect, useState } from 'react';
import {
  Content,
  ContentHeader,
  InfoCard,
  Page,
  Progress,
  ResponseErrorPanel,
} from '@backstage/core-components';
import {
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Grid from '@material-ui/core/Grid';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import Typography from '@material-ui/core/Typography';
import { DemoIdentity } from './DemoIdentity';
import { PersonButton } from './PersonButton';
import { DEMO_PEOPLE, DEMO_ROLES } from './people';
import { rememberedPerson } from './rememberedPerson';

/** One click per person, with role and group beside the name. A reload stays signed in. */
export function DemoSignInPage({ onSignInSuccess }: SignInPageProps) {
  const discoveryApi = useApi(discoveryApiRef);
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'API Products';
  const [person, setPerson] = useState(rememberedPerson);
  const [error, setError] = useState<Error>();

  const signIn = useCallback((name: string) => {
    setError(undefined);
    setPerson(name);
  }, []);

  useEffect(() => {
    if (!person) {
      return undefined;
    }
    let current = true;
    DemoIdentity.signIn({ person, discoveryApi }).then(
      identity => current && onSignInSuccess(identity),
      reason => {
        if (current) {
          setError(reason);
          setPerson(undefined);
        }
      },
    );
    return () => {
      current = false;
    };
  }, [person, discoveryApi, onSignInSuccess]);

  if (person) {
    return <Progress />;
  }
  return (
    <Page themeId="home">
      <Content>
        <ContentHeader title={title}>
          <Typography color="textSecondary">
            One click signs you in. Each browser tab can be somebody else.
          </Typography>
        </ContentHeader>
        {error && (
          <ResponseErrorPanel title="Signing in failed" error={error} />
        )}
        <Grid container>
          {[...DEMO_ROLES].map(([role, purpose]) => (
            <Grid item xs={12} sm={6} md={4} key={role}>
              <InfoCard title={`${role}s`} subheader={purpose} noPadding>
                <List aria-label={`${role}s`}>
                  {DEMO_PEOPLE.filter(each => each.role === role).map(each => (
                    <ListItem key={each.name} disableGutters dense>
                      <PersonButton
                        person={each}
                        onClick={() => signIn(each.name)}
                      />
                    </ListItem>
                  ))}
                </List>
              </InfoCard>
            </Grid>
          ))}
        </Grid>
      </Content>
    </Page>
  );
}
