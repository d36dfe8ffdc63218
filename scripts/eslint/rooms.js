/**
 * Rooms: the folders of a package in an order in which each may import from those after it, never from those before
 * it. Importing a type counts as much as importing a value. Tests, and what they share, may import everything.
 */
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/** What stands in a room: all that is below its folder, or only its own files where folders of it are rooms as well. */
const filesOf = (room, rooms) => {
  const path = room === '.' ? './src' : `./src/${room}`;
  const hasRooms =
    room === '.' || rooms.some(other => other.startsWith(`${room}/`));
  return hasRooms ? `${path}/*` : `${path}/**/*`;
};

/** Folders of src that nobody has given a place: whatever they import would be right. */
function withoutPlace(dir, rooms) {
  const src = join(dir, 'src');
  return existsSync(src)
    ? readdirSync(src, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => name)
        .filter(name => !rooms.some(room => room.split('/')[0] === name))
    : [];
}

/**
 * @param {string} dir      of the package
 * @param {string[]} rooms  folders of src, `a/b` for one inside another, `.` for what stands in src itself
 * @param {object[]} [moreZones] of the same rule, which can be configured only once for a file
 * @returns {object} an override for the configuration of ESLint
 * @throws where a folder of src is no room
 */
function roomsOf(dir, rooms, moreZones = []) {
  const homeless = withoutPlace(dir, rooms);
  if (homeless.length > 0) {
    throw new Error(`Give ${homeless.join(', ')} a place among the rooms`);
  }
  const zones = rooms.slice(1).map((room, index) => ({
    target: filesOf(room, rooms),
    from: rooms.slice(0, index + 1).map(above => filesOf(above, rooms)),
    message: `Arrows point down: src/${room} may not know the rooms above it. Move what both need into a room below.`,
  }));
  return {
    files: ['src/**/*.ts'],
    excludedFiles: ['**/*.test.ts', 'src/testing/**'],
    settings: { 'import/resolver': { node: { extensions: ['.ts'] } } },
    rules: {
      'import/no-restricted-paths': [
        'error',
        { basePath: dir, zones: [...zones, ...moreZones] },
      ],
    },
  };
}

module.exports = { roomsOf };
