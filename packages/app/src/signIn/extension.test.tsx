import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { screen } from '@testing-library/react';
import { demoSignInPage } from './extension';

describe('the sign-in page of the demo portal', () => {
  const nodeEnv = process.env.NODE_ENV;

  afterEach(() => {
    Object.assign(process.env, { NODE_ENV: nodeEnv });
  });

  function renderPage() {
    const SignInPage = createExtensionTester(demoSignInPage).get(
      SignInPageBlueprint.dataRefs.component,
    );
    renderInTestApp(<SignInPage onSignInSuccess={jest.fn()} />);
  }

  it('offers the people of the demo in development', async () => {
    renderPage();

    expect(await screen.findByRole('button', { name: /^Dana/ })).toBeVisible();
  });

  it('lets nobody in in a production build', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    renderPage();

    expect(
      (await screen.findAllByText(/exists in development only/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: /^Dana/ })).toBeNull();
  });
});
