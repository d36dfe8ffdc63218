/**
 * The versions of Node that everything was tried on. Of version 24, earlier ones than 24.22 are left out on purpose
 * (docs/adr/0007-node-versions.md).
 */
const SUPPORTED = [
  { major: 20, minor: 19 },
  { major: 22, minor: 0 },
  { major: 24, minor: 22 },
];

/** The same, as `engines` of package.json says it. */
export const RANGE = SUPPORTED.map(
  ({ major, minor }) =>
    `>=${minor === 0 ? major : `${major}.${minor}`} <${major + 1}`,
).join(' || ');

/**
 * @param {string} version such as `v22.1.0`
 * @returns {string | undefined} what to do, unless the version is fine
 */
export function complaintAboutNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (SUPPORTED.some(known => known.major === major && minor >= known.minor)) {
    return undefined;
  }
  return [
    `This is Node ${version}. API Products needs Node 20.19 or later in version 20, Node 22, or Node 24.22 or later in version 24.`,
    major === 24
      ? 'From 24.19 to 24.21, Node has a fault that makes the SQLite module that Backstage 1.55 asks for abort.'
      : '',
    'With nvm:           nvm install 24 && nvm use 24',
    'Without nvm:        https://nodejs.org/en/download',
    'Only for this once: npx -y node@24 scripts/start.mjs   (or scripts/test.mjs)',
  ]
    .filter(Boolean)
    .join('\n');
}

/** Ends this process with advice where Node is too old or too new. */
export function requireSupportedNode() {
  const complaint = complaintAboutNode(process.version);
  if (complaint) {
    console.error(complaint);
    process.exit(1);
  }
}
