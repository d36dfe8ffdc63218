import {
  actionsOf,
  obstacleTo,
  repairsItself,
  type ActionFacts,
} from './actions';

const facts = (fields: Partial<ActionFacts>): ActionFacts => ({
  status: 'open',
  kind: 'limits',
  noun: 'plan',
  differences: [],
  origin: 'portal',
  ...fields,
});

it.each<[string, Partial<ActionFacts>, string[]]>([
  ['limits of a plan', {}, ['push-ours', 'take-theirs', 'ignore']],
  ['a plan from Git', { origin: 'catalog' }, ['push-ours', 'ignore']],
  ['a missing plan', { kind: 'missing' }, ['push-ours', 'ignore']],
  ['a draft at the provider', { kind: 'state' }, ['push-ours', 'ignore']],
  ['what is ignored', { status: 'ignored' }, ['push-ours', 'take-theirs']],
  ['what is being repaired', { status: 'repairing' }, []],
  ['what is repaired', { status: 'repaired' }, []],
  ['what is gone', { status: 'gone' }, []],
  ['shut paths', { noun: 'product', kind: 'paths' }, ['take-theirs', 'ignore']],
  [
    'shut paths of a product from Git',
    { noun: 'product', kind: 'paths', origin: 'catalog' },
    ['ignore'],
  ],
  ['other APIs of a plan', { kind: 'access' }, ['push-ours', 'ignore']],
  ['limits of a key', { noun: 'credential' }, ['push-ours', 'ignore']],
  [
    'a missing key',
    { noun: 'credential', kind: 'missing' },
    ['push-ours', 'take-theirs', 'ignore'],
  ],
  [
    'an unknown key',
    { noun: 'credential', kind: 'unknown' },
    ['push-ours', 'ignore'],
  ],
])('%s', (_, fields, actions) => {
  expect(actionsOf(facts(fields))).toEqual(actions);
});

it.each([
  [{ field: 'rateLimit', theirs: { requests: 0.5, per: 1 } }],
  [{ field: 'quota', theirs: { requests: 5 } }],
  [{ field: 'quota', theirs: { requests: 2.5, per: 'P1D' } }],
])('does not take over what a plan cannot say: %j', difference => {
  expect(
    obstacleTo('take-theirs', facts({ differences: [difference] })),
  ).toMatch('cannot say');
});

it('leaves to people what deletes, and what only they can make good', () => {
  expect(repairsItself(facts({}))).toBe(true);
  expect(repairsItself(facts({ kind: 'missing' }))).toBe(true);
  const key = (kind: ActionFacts['kind']) =>
    repairsItself(facts({ noun: 'credential', kind }));
  expect(key('orphaned')).toBe(true);
  expect(key('missing')).toBe(false);
  expect(key('unknown')).toBe(false);
  expect(key('revived')).toBe(false);
});
