/**
 * Every route, as every person, in four worlds: without the permission framework, with a policy that allows everything,
 * with one that takes some things away from some people, and with one that allows nothing. What the table says holds in
 * the first two alike; a policy can only take away. The whole table is gone through in the first; the others ask each
 * route as everybody about one thing that most may have, and about all with `npm run test:long`.
 */
import { BODIES, QUERIES, SUBJECTS, wholesale } from './routes.subjects';
import { TABLE } from './routes.table';
import { DemoBackend, type Answer } from './support/demo/DemoBackend';
import { ROLES, WHO, type Role } from './support/demo/people';
import {
  allowAll,
  butFor,
  denyAll,
  type Decide,
} from './support/demo/policies';
import { routesOfOpenapi, rowsOf, type Row } from './support/demo/routes';
import type { Subject } from './support/demo/subjects';
import { isLongRun } from './support/longRun';

jest.setTimeout(120_000);

const ROWS = rowsOf(TABLE);
const REVEAL = 'POST /credentials/{id}/reveal';
const isPerson = (role: Role) => !['anonymous', 'service'].includes(role);

/** What the table expects of everybody but a person whose permission a policy has taken away. */
const lessFor =
  (taken: (row: Row, role: Role) => boolean) =>
  (row: Row, role: Role): number =>
    isPerson(role) && taken(row, role) ? 403 : row.expected[role];

/** Of each route, the line that allows most people most. */
const ONE_OF_EACH = [...new Set(ROWS.map(({ route }) => route))].map(route =>
  ROWS.filter(row => row.route === route).reduce((best, row) =>
    allowedBy(row) > allowedBy(best) ? row : best,
  ),
);

function allowedBy({ expected }: Row): number {
  return ROLES.filter(role => expected[role] < 300).length;
}

const UNDER_POLICIES = isLongRun ? ROWS : ONE_OF_EACH;

const DECIDING = /^POST \/access-requests\/.*(approve|reject|decide)$/;

const SETTINGS = [
  {
    setting: 'the permission framework off',
    permissions: false,
    rows: ROWS,
    decide: allowAll,
    expected: lessFor(() => false),
  },
  {
    setting: 'a policy that allows everything',
    permissions: true,
    rows: UNDER_POLICIES,
    decide: allowAll,
    expected: lessFor(() => false),
  },
  {
    setting: 'a policy that lets only dana and omar decide, and nobody reveal',
    permissions: true,
    rows: UNDER_POLICIES,
    decide: butFor({
      'api-products.access-request.decide': [
        'user:default/dana',
        'user:default/omar',
      ],
      'api-products.credential.reveal': [],
    }),
    expected: lessFor(
      ({ route }, role) =>
        route === REVEAL ||
        (DECIDING.test(route) && !['requester', 'productOwner'].includes(role)),
    ),
  },
  {
    setting: 'a policy that allows nothing',
    permissions: true,
    rows: UNDER_POLICIES,
    decide: denyAll,
    // Everybody may know who they are. An ill-formed request is refused before anybody asks who may.
    expected: lessFor(
      ({ route, subject }) =>
        route !== 'GET /me' && subject !== 'in the name of somebody else',
    ),
  },
];

describe('the table of routes', () => {
  const inTable = new Set(ROWS.map(({ route }) => route));
  const routes = routesOfOpenapi();

  it.each(routes)('has a line for %s', route => {
    expect([...inTable]).toContain(route);
  });

  it('has no line for a route that is not there', () => {
    expect([...inTable].filter(route => !routes.includes(route))).toEqual([]);
  });

  it('has no two lines for the same', () => {
    const lines = ROWS.map(({ route, subject }) => `${route} ${subject}`);
    expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([]);
  });

  it('knows every subject', () => {
    expect(ROWS.filter(({ subject }) => !(subject in SUBJECTS))).toEqual([]);
  });
});

describe.each([true, false])('with permissions: %s', permissions => {
  let portal: DemoBackend;

  beforeAll(async () => {
    portal = await DemoBackend.start({ permissions, entities: [wholesale] });
  });

  afterAll(() => portal.stop());

  const kept = new Map<string, Subject>();

  /**
   * Asks as this person. A subject that somebody was let change is made anew for the next; one that nobody was serves
   * on, so that a refusal that changes something all the same is seen.
   */
  async function ask(row: Row, role: Role, decide: Decide): Promise<Answer> {
    const who = WHO[role];
    const { route, method, subject } = row;
    const reads = method === 'GET';
    const key = reads ? subject : `${route} ${subject}`;
    portal.policy.decide = allowAll;
    const made = kept.get(key) ?? (await SUBJECTS[subject](portal));
    kept.set(key, made);
    const { params = {} } = made;
    const query = made.query ?? QUERIES[route]?.(params) ?? '';
    const body = made.body?.(who) ?? BODIES[route]?.();
    const path = row.path.replace(/\{(\w+)\}/g, (_, name) => params[name]);
    portal.policy.decide = decide;
    const answer = await portal.ask({
      who,
      method,
      path: `${path}${query}`,
      body: reads ? undefined : body,
    });
    if (!reads && answer.status < 300) {
      kept.delete(key);
    }
    return answer;
  }

  /** The one answer that may have a secret in it. */
  const shows = (row: Row, { status }: Answer) =>
    row.route === REVEAL && status === 200;

  describe.each(SETTINGS.filter(s => s.permissions === permissions))(
    '$setting',
    ({ rows, decide, expected }) => {
      it.each(rows)('$route, $subject', async row => {
        const statuses: Partial<Record<Role, number>> = {};
        const bare: Partial<Record<Role, string>> = {};
        const leaks: Role[] = [];
        for (const role of ROLES) {
          const answer = await ask(row, role, decide);
          statuses[role] = answer.status;
          if (
            !shows(row, answer) &&
            portal.provider.secrets.some(secret => answer.text.includes(secret))
          ) {
            leaks.push(role);
          }
          // Who is refused is told so in Backstage's words, and gets nothing else.
          if (answer.status >= 400 && !('error' in answer.body)) {
            bare[role] = answer.text;
          }
        }
        expect(statuses).toEqual(
          Object.fromEntries(ROLES.map(role => [role, expected(row, role)])),
        );
        expect({ leaks, bare }).toEqual({ leaks: [], bare: {} });
      });

      it('is asked with secrets at hand', () => {
        expect(portal.provider.secrets.length).toBeGreaterThan(10);
      });
    },
  );
});
