/**
 * What the marketplace loads of this plugin beyond what a Backstage app has anyway, minified and compressed: the plugin
 * itself and everything that its first page needs before it is drawn. What is loaded when somebody opens something is not
 * part of it.
 *
 *   node test/load/pageWeight.mjs   prints it, with the heaviest parts
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const src = 'plugins/api-products/src';
const ENTRIES = [
  `${src}/plugin.tsx`,
  `${src}/components/ApiProductsRouter.tsx`,
];

/** Every app on Backstage has these. */
const OF_THE_APP = [
  'react',
  'react-dom',
  'react-router-dom',
  'react-use',
  'luxon',
  '@material-ui/core',
  '@material-ui/lab',
].flatMap(name => [name, `${name}/*`]);

/** Chunks that come with an entry, and not on demand. */
function loadedWith(entry, outputs, found = new Set()) {
  if (!found.has(entry)) {
    found.add(entry);
    outputs[entry].imports
      .filter(({ kind, external }) => kind === 'import-statement' && !external)
      .forEach(({ path }) => loadedWith(path, outputs, found));
  }
  return found;
}

/** Bytes, and the parts by their size before they are compressed, the heaviest first. */
export async function marketplaceWeight() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: [...OF_THE_APP, '@backstage/*'],
    outdir: join(root, 'dist'),
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const { outputs } = metafile;
  const chunks = new Set();
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (ENTRIES.includes(entryPoint)) {
      loadedWith(path, outputs, chunks);
    }
  }
  const gzip = outputFiles
    .filter(({ path }) => chunks.has(path.slice(root.length + 1)))
    .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  const parts = [...chunks].flatMap(path =>
    Object.entries(outputs[path].inputs).map(([name, { bytesInOutput }]) => ({
      name,
      bytes: bytesInOutput,
    })),
  );
  return { gzip, parts: parts.sort((a, b) => b.bytes - a.bytes) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { gzip, parts } = await marketplaceWeight();
  process.stdout.write(
    `${JSON.stringify({ gzip, parts: parts.slice(0, 10) }, undefined, 2)}\n`,
  );
}
