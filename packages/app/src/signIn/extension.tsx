import { SignInPageBlueprint } from '@backstage/plugin-app-react';

/**
 * Replaces Backstage's sign-in page by one click per person of the demo portal. In a production build the page
 * is not even part of the bundle.
 */
export const demoSignInPage = SignInPageBlueprint.make({
  params: {
    loader: async () =>
      process.env.NODE_ENV === 'production'
        ? (await import('./DevelopmentOnly')).DevelopmentOnly
        : (await import('./DemoSignInPage')).DemoSignInPage,
  },
});
