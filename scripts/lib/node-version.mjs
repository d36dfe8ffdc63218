/**
 * The versions of Node that everything was tried on. Version 24 is left out on purpose: the SQLite module
 * that Backstage 1.55 asks for crashes there (docs/adr/0007-node-versions.md).
 */
const SUPPORTED = [
  { major: 20, minor: 19 },
  { major: 22, minor: 0 },
];

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
    `This is Node ${version}. API Products needs Node 20.19 or later in version 20, or Node 22.`,
    major >= 24
      ? 'Node 24 does not work yet: the SQLite module that Backstage 1.55 asks for crashes there.'
      : '',
    'With nvm:           nvm install 22 && nvm use 22',
    'Without nvm:        https://nodejs.org/en/download',
    'Only for this once: npx -y node@22 scripts/start.mjs   (or scripts/test.mjs)',
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
