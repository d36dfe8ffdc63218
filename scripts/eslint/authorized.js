/**
 * Who may call a service is asked before it does anything, whoever calls: each room has an `authorized.ts` that says what
 * each method takes, and what serves callers knows of the room nothing else.
 */
const { join } = require('node:path');

/** What serves callers. */
const SERVING = ['api'];

/** What they may know beside services. */
const OPEN = ['history', 'identity', 'lib'];

/**
 * @param {string} dir  of the package
 * @returns {object[]} zones for `import/no-restricted-paths`
 */
function authorizedZones(dir) {
  const inSrc = path => join(dir, 'src', path);
  return [
    ...SERVING.map(room => ({
      target: `./src/${room}/**/*`,
      from: './src/*/**/*',
      except: [
        inSrc('**/authorized.ts'),
        ...[room, ...OPEN].map(open => inSrc(`${open}/**/*`)),
      ],
      message: `src/${room} serves callers: it takes services as the \`authorized.ts\` of their room makes them, which ask first who may.`,
    })),
    {
      target: './src/**/!(authorized).ts',
      from: './src/identity/authorize.ts',
      message:
        'Who may call what stands in the `authorized.ts` of the room, and nowhere else.',
    },
  ];
}

module.exports = { authorizedZones };
