/**
 * Reads what an install guide tells people to do: its code blocks, each with the file that it is for. A file is named
 * by the first line of a block, as a comment: `// packages/backend/src/index.ts`, `# app-config.yaml`.
 */

/**
 * @typedef {object} Block
 * @property {string} heading   under which it stands
 * @property {string} language  `bash`, `ts`, `tsx`, `yaml`
 * @property {string} [file]
 * @property {string} text      without the line that names the file
 */

const FILE = /^(?:\/\/|#) ([\w./-]+\.\w+)$/;

/**
 * @param {string} markdown
 * @returns {Block[]} in their order
 */
export function blocksOf(markdown) {
  /** @type {Block[]} */
  const blocks = [];
  let heading = '';
  /** @type {{ language: string, lines: string[] } | undefined} */
  let open;
  for (const line of markdown.split('\n')) {
    const fence = /^```(\w*)/.exec(line);
    if (open && line === '```') {
      const [first = '', ...rest] = open.lines;
      const file = FILE.exec(first)?.[1];
      blocks.push({
        heading,
        language: open.language,
        ...(file && { file }),
        text: (file ? rest : open.lines).join('\n').trim(),
      });
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else if (fence) {
      open = { language: fence[1] ?? '', lines: [] };
    } else if (/^#+ /.test(line)) {
      heading = line.replace(/^#+ /, '');
    }
  }
  return blocks;
}

/**
 * The names of packages that a block of commands adds, with the workspace that they are added to.
 *
 * @param {Block} block
 * @returns {{ workspace: string, packages: string[] }}
 */
export function additionOf({ text }) {
  const [, workspace, names] =
    /^yarn --cwd (\S+) add ([\s\S]+)$/.exec(text.replace(/\\\n/g, ' ')) ?? [];
  if (!workspace || !names) {
    throw new Error(`This does not add packages: ${text}`);
  }
  return { workspace, packages: names.trim().split(/\s+/) };
}
