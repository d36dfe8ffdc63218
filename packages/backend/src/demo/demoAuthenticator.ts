import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import type {
  AuthProviderFactory,
  AuthResolverContext,
} from '@backstage/plugin-auth-node';
import { z } from 'zod';

/** Names the person who wants to be signed in, for example `X-Demo-User: dana`. */
const DEMO_USER_HEADER = 'X-Demo-User';

interface DemoSignIn {
  /** Name of a user in the namespace `default`. */
  name: string;
}

const userWithProfile = z.object({
  spec: z.object({
    profile: z.object({
      displayName: z.string().optional(),
      email: z.string().optional(),
      picture: z.string().optional(),
    }),
  }),
});

const authenticator = createProxyAuthenticator({
  initialize: () => undefined,
  async authenticate({ req }): Promise<{ result: DemoSignIn }> {
    const name = req.header(DEMO_USER_HEADER)?.trim().toLocaleLowerCase('en');
    if (!name) {
      throw new AuthenticationError(
        `Say who you are in the header ${DEMO_USER_HEADER}, for example ${DEMO_USER_HEADER}: dana`,
      );
    }
    return { result: { name } };
  },
  async defaultProfileTransform({ name }: DemoSignIn, context) {
    const { entity } = await findPerson(name, context);
    const user = userWithProfile.safeParse(entity);
    return { profile: user.success ? user.data.spec.profile : {} };
  },
});

/**
 * A provider that believes the header. Everything after that is as with any other provider: the person
 * must be in the catalog, and owns what the catalog says.
 */
export const demoProviderFactory: AuthProviderFactory =
  createProxyAuthProviderFactory({
    authenticator,
    signInResolver: ({ result }, context) =>
      context.signInWithCatalogUser({ entityRef: refOf(result.name) }),
  });

async function findPerson(name: string, context: AuthResolverContext) {
  try {
    return await context.findCatalogUser({ entityRef: refOf(name) });
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') {
      throw new NotAllowedError(
        `Nobody in the demo portal is called '${name}'; its people are the users in the catalog`,
      );
    }
    throw error;
  }
}

function refOf(name: string) {
  return { kind: 'User', namespace: 'default', name };
}
