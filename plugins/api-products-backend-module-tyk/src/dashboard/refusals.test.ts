import { judgeDashboard, permissionFor, resourceOf } from './refusals';

const request = {
  operation: 'create policy',
  method: 'POST',
  path: ['api', 'portal', 'policies'],
} as const;

const judge = (status: number, said: string | undefined) =>
  judgeDashboard({ request, what: 'tyk-eu: create policy', status, said });

describe('judgeDashboard', () => {
  it('case 1: a key that is not accepted', () => {
    expect(judge(401, 'Not authorised')).toMatchObject({
      name: 'ProviderUnauthorisedError',
      message: expect.stringContaining('401 Not authorised'),
    });
    expect(judge(401, undefined)).toMatchObject({
      name: 'ProviderUnauthorisedError',
    });
  });

  it('case 2: a permission that is missing, by path and name', () => {
    expect(
      judge(
        403,
        'access denied: You do not have permission to access /api/portal/policies',
      ),
    ).toMatchObject({
      name: 'ProviderUnauthorisedError',
      message:
        "tyk-eu: create policy was refused (403 access denied): the token's user has no permission for POST /api/portal/policies, give it Policies (write) at the Dashboard",
    });
  });

  it('case 2: a 403 about the body is left to the operation', () => {
    expect(judge(403, 'Request body malformed.')).toBe('answer');
    expect(judge(403, 'Found API with same url.')).toBe('answer');
  });

  it('something else at the url', () => {
    expect(judge(404, undefined)).toMatchObject({
      name: 'ProviderUnsupportedError',
      message: expect.stringContaining('type is tyk-gateway'),
    });
  });

  it.each([
    [404, 'Could not retrieve portal object.'],
    [400, 'Invalid policy ID.'],
    [403, 'Something else'],
    [500, 'Failure creating data'],
    [502, undefined],
  ])('leaves %s %s to the usual rules', (status, said) => {
    expect(judge(status, said)).toBeUndefined();
  });
});

describe('permissions and paths', () => {
  it.each([
    ['GET', 'portal/policies', 'Policies (read)', '/api/portal/policies'],
    ['PUT', 'portal/policies/x', 'Policies (write)', '/api/portal/policies'],
    ['POST', 'keys/secret', 'Keys (write)', '/api/keys'],
    ['GET', 'apis/-/keys/secret', 'Keys (read)', '/api/apis/…/keys'],
    ['GET', 'apis/keys', 'Keys (read)', '/api/apis/…/keys'],
    ['POST', 'apis/keys/basic/u', 'Keys (write)', '/api/apis/…/keys'],
    ['GET', 'apis', 'APIs (read)', '/api/apis'],
    ['PUT', 'apis/oas/x', 'APIs (write)', '/api/apis'],
    ['GET', 'users', 'Users (read)', '/api/users'],
    ['GET', 'usage/apis/1', 'Analytics (read)', '/api/usage'],
    ['GET', 'other/1', 'other (read)', '/api/other'],
  ] as const)('%s %s needs %s', (method, below, permission, resource) => {
    const path = ['api', ...below.split('/')];
    expect(permissionFor({ method, path })).toBe(permission);
    expect(resourceOf({ path })).toBe(resource);
  });
});
