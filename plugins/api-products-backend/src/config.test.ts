import { mockServices } from '@backstage/backend-test-utils';
import { readConfig } from './config';

const DAY_MS = 24 * 60 * 60_000;

const read = (apiProducts: object) =>
  readConfig(mockServices.rootConfig({ data: { apiProducts } }));

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig(mockServices.rootConfig())).toMatchObject({
      platformOwners: [],
      planAuthors: [],
      ingestion: {
        schedule: { frequency: { minutes: 1 } },
        maxDropPercent: 25,
      },
      approvals: {
        allowSelfApproval: false,
        dates: {
          remindAfterMs: 3 * DAY_MS,
          escalateAfterMs: 7 * DAY_MS,
          expireAfterMs: 30 * DAY_MS,
        },
      },
    });
  });

  it('completes short refs of platform owners', () => {
    expect(
      read({ platformOwners: ['Platform-Owners', 'user:default/Paula'] })
        .platformOwners,
    ).toEqual(['group:default/platform-owners', 'user:default/paula']);
  });

  it('takes a schedule', () => {
    expect(
      read({
        ingestion: { schedule: { frequency: 'PT1M', timeout: 'PT30S' } },
      }).ingestion.schedule,
    ).toMatchObject({ timeout: { seconds: 30 } });
  });

  it.each([
    [{ platformOwners: ['a', 'b:c:d'] }, 'apiProducts.platformOwners[1]'],
    [{ platformOwners: 'paula' }, 'apiProducts.platformOwners'],
    [{ planAuthors: ['a', 'b:c:d'] }, 'apiProducts.planAuthors[1]'],
    [
      { ingestion: { schedule: { frequency: 'often' } } },
      'apiProducts.ingestion.schedule',
    ],
    [
      { ingestion: { maxDropPercent: 101 } },
      'apiProducts.ingestion.maxDropPercent',
    ],
    [
      { approvals: { allowSelfApproval: 'maybe' } },
      'apiProducts.approvals.allowSelfApproval',
    ],
    [
      { approvals: { remindAfter: 'PT1S' } },
      'apiProducts.approvals.remindAfter',
    ],
    [
      { approvals: { expireAfter: 'soon' } },
      'apiProducts.approvals.expireAfter',
    ],
  ])('names the key that is wrong in %j: %s', (config, key) => {
    expect(() => read(config)).toThrow(key);
  });
});
