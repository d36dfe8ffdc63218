import {
  SignInPageBlueprint,
  type SignInPageProps,
} from '@backstage/plugin-app-react';
import type { ComponentType } from 'react';

/** Replaces Backstage's sign-in page by this one. */
export const signInPageOf = (
  loader: () => Promise<ComponentType<SignInPageProps>>,
) => SignInPageBlueprint.make({ params: { loader } });

/** One click per person of the demo portal. In a production build the page is not even part of the bundle. */
export const demoSignInPage = signInPageOf(async () =>
  process.env.NODE_ENV === 'production'
    ? (await import('./DevelopmentOnly')).DevelopmentOnly
    : (await import('./DemoSignInPage')).DemoSignInPage,
);
