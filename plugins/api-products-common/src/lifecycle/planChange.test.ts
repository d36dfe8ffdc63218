import { givesLess } from './planChange';

describe('givesLess', () => {
  const limits = (requests: number, per: string, rate = 5) => ({
    quota: { requests, per },
    rateLimit: { requests: rate, per: 10 },
  });
  const unlimited = {
    quota: 'unlimited',
    rateLimit: 'unlimited',
  } as const;

  it.each([
    [limits(20, 'P1D'), limits(100_000, 'month'), false],
    [limits(100_000, 'month'), limits(20, 'P1D'), true],
    [limits(20, 'P1D'), unlimited, false],
    [unlimited, limits(20, 'P1D'), true],
    [unlimited, unlimited, false],
    [limits(20, 'P1D', 5), limits(20, 'P1D', 4), true],
    [limits(20, 'P1D', 5), limits(20, 'P1D', 6), false],
    [limits(30, 'P1D'), limits(900, 'month'), false],
  ])('from %j to %j: %p', (from, to, less) => {
    expect(givesLess(from, to)).toBe(less);
  });
});
