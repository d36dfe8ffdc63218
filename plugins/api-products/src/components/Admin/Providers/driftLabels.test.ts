import type {
  DriftAction,
  DriftKind,
} from 'backstage-plugin-api-products-common';
import { limitsDrift } from '../../../fixtures';
import { valueText, willDo } from './driftLabels';

describe('valueText', () => {
  it.each([
    [{ requests: 100, per: 60 }, '100 per minute'],
    [{ requests: 100_000, per: 'month' }, '100 000 per month'],
    [{ requests: 20, per: 'P1D' }, '20 per day'],
    ['P90D', '90 days'],
    ['unlimited', 'unlimited'],
    ['Paid', 'Paid'],
    [12_500, '12 500'],
    [true, 'true'],
    [null, 'null'],
    ['', '“”'],
    [[''], '“”'],
    [[], '[]'],
    [['payments', 'refunds'], 'payments, refunds'],
    [{ url: '/a', methods: ['GET', 'POST'] }, 'url: /a · methods: GET, POST'],
  ])('reads %j as “%s”', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe('willDo', () => {
  it.each<[DriftKind, DriftAction, string]>([
    ['limits', 'push-ours', 'push'],
    ['missing', 'push-ours', 'pushMissing'],
    ['unknown', 'push-ours', 'pushUnknown'],
    ['revived', 'push-ours', 'pushRevived'],
    ['orphaned', 'push-ours', 'pushOrphaned'],
    ['name', 'take-theirs', 'take'],
    ['missing', 'take-theirs', 'takeMissing'],
    ['expiry', 'take-theirs', 'takeExpiry'],
    ['access', 'ignore', 'ignore'],
  ])('of %s says for %s: %s', (kind, action, sentence) => {
    expect(willDo({ ...limitsDrift, kind }, action)).toBe(sentence);
  });

  it('says of a key that is lost what can be done at all', () => {
    expect(
      willDo(
        {
          ...limitsDrift,
          kind: 'missing',
          subject: { kind: 'credential', id: 'key', title: 'main' },
        },
        'push-ours',
      ),
    ).toBe('pushLostKey');
  });
});
