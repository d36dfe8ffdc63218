import { ErrorPanel } from '@backstage/core-components';

const error = new Error(
  'This build has no sign-in: the demo sign-in lets anyone be anyone and exists in development only. ' +
    'Put the sign-in page of your own identity provider in its place (packages/app/src/signIn/extension.tsx).',
);

/** What stands where the demo's sign-in page would, in a production build. */
export function DevelopmentOnly() {
  return (
    <ErrorPanel title="Nobody can sign in here" error={error} defaultExpanded />
  );
}
