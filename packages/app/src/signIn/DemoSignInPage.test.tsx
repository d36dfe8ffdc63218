import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { DemoSignInPage } from './DemoSignInPage';
import { rememberPerson } from './rememberedPerson';

describe('DemoSignInPage', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  beforeEach(() => {
    window.localStorage.clear();
    window.sessionStorage.clear();
  });

  function answer(status: number) {
    server.use(
      http.get('http://backend/api/auth/demo/refresh', ({ request }) => {
        const name = request.headers.get('X-Demo-User');
        return status === 200
          ? HttpResponse.json({
              profile: {},
              backstageIdentity: {
                token: 'token',
                expiresInSeconds: 3600,
                identity: {
                  type: 'user',
                  userEntityRef: `user:default/${name}`,
                  ownershipEntityRefs: [],
                },
              },
            })
          : HttpResponse.json(
              { error: { name: 'Error', message: 'The catalog is empty' } },
              { status },
            );
      }),
    );
  }

  function renderPage() {
    const onSignInSuccess = jest.fn();
    renderInTestApp(<DemoSignInPage onSignInSuccess={onSignInSuccess} />, {
      apis: [
        mockApis.discovery({ baseUrl: 'http://backend' }),
        mockApis.config({ data: { app: { title: 'The portal' } } }),
      ],
    });
    return async () => {
      await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
      return onSignInSuccess.mock.calls[0][0].getBackstageIdentity();
    };
  }

  it('shows everybody with role and group', async () => {
    renderPage();

    const owners = await screen.findByRole('list', { name: 'Product owners' });
    expect(
      within(owners).getByRole('button', {
        name: 'Omar Product owner · payments-team',
      }),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('button')).toHaveLength(9);
    expect(
      screen.getByRole('button', { name: 'Gus Developer · in no group' }),
    ).toBeInTheDocument();
  });

  it('signs in with one click', async () => {
    answer(200);
    const signedIn = renderPage();

    await userEvent.click(await screen.findByRole('button', { name: /^Dana/ }));

    expect(await signedIn()).toMatchObject({
      userEntityRef: 'user:default/dana',
    });
  });

  it('stays signed in after a reload', async () => {
    answer(200);
    rememberPerson('omar');

    expect(await renderPage()()).toMatchObject({
      userEntityRef: 'user:default/omar',
    });
  });

  it('says why it failed and lets one try again', async () => {
    answer(503);
    const signedIn = renderPage();
    await userEvent.click(await screen.findByRole('button', { name: /^Dana/ }));
    expect(await screen.findByText(/Signing in failed/)).toBeInTheDocument();

    answer(200);
    await userEvent.click(screen.getByRole('button', { name: /^Dana/ }));
    expect(await signedIn()).toMatchObject({
      userEntityRef: 'user:default/dana',
    });
  });
});
