import { SignInPageBlueprint } from '@backstage/plugin-app-react';

/** Replaces Backstage's sign-in page by one click per person of the demo portal. */
export const demoSignInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => (await import('./DemoSignInPage')).DemoSignInPage,
  },
});
