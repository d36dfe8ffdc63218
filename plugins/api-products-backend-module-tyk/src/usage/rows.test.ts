import type { JsonObject } from '@backstage/types';
import { dayOf, dayOfRow, pathOfDay, pathOfTime } from './dates';
import { toUsageDays, usageRowSchema } from './rows';

/** As `snippets/portal-developer-analytics` of Tyk's documentation shows it. */
const row = (id: JsonObject, counts: JsonObject = {}) =>
  usageRowSchema.parse({
    id: {
      day: 9,
      month: 8,
      year: 2017,
      hour: 0,
      code: 200,
      path: '',
      key: '',
      alias: '',
      url: '',
      iso_country: '',
      api_id: '',
      api_name: '',
      ...id,
    },
    hits: 13,
    success: 10,
    error: 3,
    last_hit: '2017-08-09T12:31:02Z',
    request_time: 174.5,
    ...counts,
  });

describe('case 52: rows of a Dashboard', () => {
  it('are added up by day, whatever they are split by besides', () => {
    const rows = [
      row({ day: 10 }, { hits: 1, success: 1, error: 0 }),
      row({ code: 200 }),
      row({ code: 403 }, { hits: 2, success: 0, error: 2 }),
      row({ hour: 7 }, { hits: '4', success: 4.0, error: null }),
    ];
    expect(toUsageDays('hash', rows)).toEqual([
      {
        reference: 'hash',
        day: '2017-08-09',
        calls: 19,
        succeeded: 14,
        failed: 5,
      },
      {
        reference: 'hash',
        day: '2017-08-10',
        calls: 1,
        succeeded: 1,
        failed: 0,
      },
    ]);
  });

  it('tell APIs apart where they name them', () => {
    const rows = [row({ api_id: 'a' }), row({ api_id: 'b' }), row({})];
    expect(toUsageDays('hash', rows)?.map(({ apiId }) => apiId)).toEqual([
      'a',
      'b',
      undefined,
    ]);
  });

  it('of a whole month say nothing of days', () => {
    expect(toUsageDays('hash', [row({ day: 0 })])).toBeUndefined();
  });

  it('can be none', () => {
    expect(toUsageDays('hash', [])).toEqual([]);
  });
});

describe('case 52: days', () => {
  it('stand in paths with the day first and without zeros', () => {
    expect(pathOfDay('2026-01-02')).toEqual(['2', '1', '2026']);
    expect(pathOfTime(Date.UTC(2026, 11, 31, 23, 59))).toEqual([
      '31',
      '12',
      '2026',
    ]);
    expect(dayOf(Date.UTC(2026, 0, 2, 23, 59))).toBe('2026-01-02');
  });

  it.each(['2026-02-31', '2026-13-01', '2026-1-1', 'today', ''])(
    'are not %s',
    text => {
      expect(pathOfDay(text)).toBeUndefined();
    },
  );

  it('of rows are put together', () => {
    expect(dayOfRow({ year: 2024, month: 2, day: 29 })).toBe('2024-02-29');
    expect(dayOfRow({ year: 2025, month: 2, day: 29 })).toBeUndefined();
  });
});
