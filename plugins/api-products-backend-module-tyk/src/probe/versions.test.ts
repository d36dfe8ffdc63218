import { versionFinding } from './versions';

const of = (version: string | undefined) =>
  versionFinding({ type: 'tyk-gateway', version });

describe('versionFinding', () => {
  it.each([
    ['v4.0.3', 'error', 'no API for policies'],
    ['v4.1.0', 'warning', 'TT-8290'],
    ['v4.3.4', 'warning', 'TT-9207'],
    ['v5.0.0', 'warning', 'TT-8290'],
    ['v5.0.3', 'warning', 'TT-9207'],
    ['v5.1.0', 'warning', 'TT-9207'],
    ['v5.0.4', 'ok', 'all of its policies are removed'],
    ['v5.3.8', 'ok', 'all of its policies are removed'],
    ['v5.7.0', 'ok', 'all of its policies are removed'],
    ['v5.8.1', 'ok', 'default policy'],
    ['5.10.2', 'ok', 'default policy'],
  ])('%s: %s, because of %s', (version, status, text) => {
    expect(of(version)).toMatchObject({
      name: 'version',
      status,
      message: expect.stringContaining(text),
    });
  });

  it.each([
    ['v4.3.4', 'TT-8290'],
    ['v5.0.1', 'TT-8290'],
    ['v5.0.4', 'TT-9207'],
    ['v5.1.1', 'TT-9207'],
    ['v5.3.9', 'all of its policies are removed'],
    ['v5.8.1', 'all of its policies are removed'],
  ])('%s is over %s', (version, text) => {
    expect(of(version).message).not.toContain(text);
  });

  it('has nothing to say of a version in which all is well', () => {
    expect(of('v5.14.0')).toEqual({
      name: 'version',
      status: 'ok',
      message: 'Tyk v5.14.0.',
    });
  });

  it('names the version to update to where it is worth it', () => {
    expect(of('v5.0.0').message).toMatch(/Update to 5\.1\.1 or later\.$/);
    expect(of('v5.8.1').message).not.toContain('Update');
  });

  it.each([undefined, 'dev', ''])('does not know %p', version => {
    expect(of(version).status).toBe('warning');
    expect(versionFinding({ type: 'tyk-dashboard', version }).status).toBe(
      'ok',
    );
  });

  it('does not ask of a Dashboard what only a gateway lacks', () => {
    expect(
      versionFinding({ type: 'tyk-dashboard', version: '4.0.13' }).message,
    ).not.toContain('no API');
  });
});
