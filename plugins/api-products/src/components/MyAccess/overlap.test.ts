import { chosen, durationOf, OTHER, rotationChoices } from './overlap';

describe('how long the old key goes on', () => {
  it.each([
    [undefined, ['PT0S', 'P1D', 'P7D']],
    ['PT24H', ['PT0S', 'P1D', 'P7D']],
    ['P14D', ['PT0S', 'P1D', 'P7D', 'P14D']],
  ])('can be chosen with what the plan says among it: %s', (plan, choices) => {
    expect(rotationChoices(plan)).toEqual(choices);
    expect(choices).toContain(chosen(plan).choice);
  });

  it.each([
    ['3', 'P3D'],
    ['90', 'P90D'],
    ['91', undefined],
    ['0', undefined],
    ['', undefined],
    ['1.5', undefined],
    ['two', undefined],
  ])('is given in days: %p is %p', (days, duration) => {
    expect(durationOf({ choice: OTHER, days })).toBe(duration);
  });
});
