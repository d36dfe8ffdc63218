import { DateTime } from 'luxon';
import { plainWords } from './plainWords';

describe('plainWords', () => {
  it.each([
    [
      'The request has already been approved by user:default/olga',
      'The request has already been approved by olga',
    ],
    [
      'Only group:default/payments-team, group:partners/auditors can decide.',
      'Only payments-team, partners/auditors can decide.',
    ],
    [
      '“Shop” already has a subscription to Payments API: 0b1c2d3e-0000-4000-8000-123456789abc',
      '“Shop” already has a subscription to Payments API',
    ],
    [
      'The service answers http://example.com/a',
      'The service answers http://example.com/a',
    ],
  ])('says “%s” in words', (sentence, words) => {
    expect(plainWords(sentence)).toBe(words);
  });

  it('sees times from now', () => {
    const inTwoHours = DateTime.now()
      .plus({ hours: 2, minutes: 5 })
      .toUTC()
      .toISO();
    expect(plainWords(`The plan gives 2; it renews at ${inTwoHours}`)).toBe(
      'The plan gives 2; it renews in 2 hours',
    );
    expect(plainWords('It was there until 2026-01-02T10:00:00.000Z.')).toMatch(
      /^It was there until .*2026.*\.$/,
    );
  });
});
