import { ConfigReader } from '@backstage/config';
import { refuseDemoSignInOutsideDevelopment } from './environment';

const configured = new ConfigReader({ auth: { providers: { demo: {} } } });
const notConfigured = new ConfigReader({});

describe('refuseDemoSignInOutsideDevelopment', () => {
  it.each(['development', 'test'])('lets %s have it', nodeEnv => {
    expect(() =>
      refuseDemoSignInOutsideDevelopment(configured, nodeEnv),
    ).not.toThrow();
  });

  it('names the configuration key in production', () => {
    expect(() =>
      refuseDemoSignInOutsideDevelopment(configured, 'production'),
    ).toThrow(
      "NODE_ENV is 'production' and auth.providers.demo is configured. Remove auth.providers.demo",
    );
  });

  it('refuses the mere presence of the module in production', () => {
    expect(() =>
      refuseDemoSignInOutsideDevelopment(notConfigured, 'production'),
    ).toThrow("NODE_ENV is 'production' and its module is loaded");
  });

  it('counts an environment without a name as production', () => {
    expect(() => refuseDemoSignInOutsideDevelopment(configured, '')).toThrow(
      'NODE_ENV is not set',
    );
  });
});
