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
import { DEMO_PEOPLE } from './people';
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
            A demo portal: be whoever you like
          </Typography>
        </ContentHeader>
        {error && (
          <ResponseErrorPanel title="Signing in failed" error={error} />
        )}
        <Grid container>
          <Grid item xs={12} sm={8} md={5}>
            <InfoCard title="Sign in as" noPadding>
              <List aria-label="People">
                {DEMO_PEOPLE.map(each => (
                  <ListItem key={each.name} disableGutters dense>
                    <PersonButton
                      person={each}
                      disabled={false}
                      onClick={() => signIn(each.name)}
                    />
                  </ListItem>
                ))}
              </List>
            </InfoCard>
          </Grid>
        </Grid>
      </Content>
    </Page>
  );
}
