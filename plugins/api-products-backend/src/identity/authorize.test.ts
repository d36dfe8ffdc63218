import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { people } from '../testing/people';
import { authorized } from './authorize';
import type { Caller, Person } from './Caller';

const permission = (name: string) => createPermission({ name, attributes: {} });
const reading = permission('thing.read');
const writing = permission('thing.write');

class Things {
  readonly #things = new Map([['a', 'one']]);

  async get(_person: Person, id: string): Promise<string | undefined> {
    return this.#things.get(id);
  }

  async put(_person: Person, id: string, thing: string): Promise<void> {
    this.#things.set(id, thing);
  }

  async forget(_person: Person): Promise<void> {
    this.#things.clear();
  }
}

const dana: Person = {
  caller: people.dana,
  credentials: mockCredentials.user(people.dana.ref),
};

function setUp({ denied = '' } = {}) {
  const asked: string[] = [];
  const onlyOthers = ({ kind }: Caller) => {
    asked.push('onlyOthers');
    if (kind === 'user') {
      throw new NotAllowedError('Only others may');
    }
  };
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(request => {
        asked.push(request.permission.name);
        return {
          result:
            request.permission.name === denied
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        };
      }),
  });
  const things = authorized(new Things(), permissions, {
    get: [reading, writing],
    put: (_person, id) => (id === 'a' ? [writing, onlyOthers] : [writing]),
  });
  return { asked, things };
}

describe('a service that asks first', () => {
  it('asks for all that a method takes, and does it then', async () => {
    const { asked, things } = setUp();
    await expect(things.get(dana, 'a')).resolves.toBe('one');
    expect(asked).toEqual(['thing.read', 'thing.write']);
  });

  it('asks no further, and does nothing, once something is denied', async () => {
    const { asked, things } = setUp({ denied: 'thing.read' });
    await expect(things.get(dana, 'a')).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'You lack the permission thing.read',
    });
    expect(asked).toEqual(['thing.read']);
  });

  it('asks by what is asked for, and holds the rules of the portal whatever a policy allows', async () => {
    const { asked, things } = setUp();
    await expect(things.put(dana, 'a', 'two')).rejects.toThrow(
      'Only others may',
    );
    await things.put(dana, 'b', 'two');
    expect(asked).toEqual(['thing.write', 'onlyOthers', 'thing.write']);
    await expect(things.get(dana, 'a')).resolves.toBe('one');
    await expect(things.get(dana, 'b')).resolves.toBe('two');
  });

  it('offers nothing that it has no rule for', () => {
    const { things } = setUp();
    expect(Object.keys(things)).toEqual(['get', 'put']);
    // @ts-expect-error What is not offered cannot be called.
    expect(things.forget).toBeUndefined();
  });

  it('is not mistaken for a service that does not ask', () => {
    const { things } = setUp();
    let served = things;
    // @ts-expect-error It has the methods, and asks nothing.
    served = new Things();
    expect(served).not.toBe(things);
  });
});
