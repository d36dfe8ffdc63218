/**
 * Installs what is missing, and nothing when nothing is: a stamp in node_modules says for which lockfile,
 * which manifests and which Node it was installed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { ROOT, inRoot } from './paths.mjs';

const STAMP = inRoot('node_modules', '.api-products-install.json');

/** Compiled for one ABI of Node. */
const NATIVE_PACKAGES = ['better-sqlite3'];

/**
 * @param {(line: string) => void} say
 * @returns {Promise<void>}
 */
export async function ensureInstalled(say) {
  const wanted = { manifests: hashOfManifests(), node: nodeAbi() };
  const found = readStamp();
  if (found.manifests !== wanted.manifests) {
    say('Installing dependencies (some minutes the first time)…');
    await yarn(['install', '--immutable']);
  }
  if (found.node !== undefined && found.node !== wanted.node) {
    say(`Compiling ${NATIVE_PACKAGES.join(', ')} for Node ${process.version}…`);
    await yarn(['rebuild', ...NATIVE_PACKAGES]);
  }
  if (found.manifests !== wanted.manifests || found.node !== wanted.node) {
    writeFileSync(STAMP, `${JSON.stringify(wanted)}\n`);
  }
}

function nodeAbi() {
  return `${process.platform}-${process.arch}-${process.versions.modules}`;
}

function hashOfManifests() {
  const hash = createHash('sha256');
  const workspaces = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(inRoot(folder))
      .sort()
      .map(name => `${folder}/${name}/package.json`),
  );
  const files = [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    'test/package.json',
    ...workspaces,
  ];
  for (const file of files.filter(name => existsSync(inRoot(name)))) {
    hash.update(file).update(readFileSync(inRoot(file)));
  }
  return hash.digest('hex');
}

/** @returns {{ manifests?: string, node?: string }} */
function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * Runs the Yarn that package.json names. It is installed with the repository; the first time, npx fetches it.
 * @param {string[]} args
 */
async function yarn(args) {
  const require = createRequire(import.meta.url);
  const { packageManager } = require(inRoot('package.json'));
  const version = packageManager.split('@')[1];
  const local = inRoot('node_modules', '@yarnpkg', 'cli-dist');
  const isLocal =
    existsSync(`${local}/package.json`) &&
    require(`${local}/package.json`).version === version;
  const [command, ...rest] = isLocal
    ? [process.execPath, `${local}/bin/yarn.js`]
    : ['npx', '-y', `@yarnpkg/cli-dist@${version}`];

  await new Promise((resolve, reject) => {
    const child = spawn(command, [...rest, ...args], {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    child.once('error', reject);
    child.once('exit', code =>
      code === 0
        ? resolve(undefined)
        : reject(new Error(`yarn ${args.join(' ')} ended with ${code}`)),
    );
  });
}
