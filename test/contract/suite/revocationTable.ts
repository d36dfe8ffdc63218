/** What gateways did with keys that were taken away, and what the portal said, in Markdown. */
import { MODES } from './gateways';
import type { Presented } from './gateways';
import type { Row, Said } from './revocationBench';

/** What became of one key. */
export interface Observed {
  row: Row;
  /** Seconds from the request to revoke until the last call that was served; undefined where none was. */
  servedFor: number | undefined;
  /** Whether calls were still served at the end. */
  servedStill: boolean;
  /** For how many seconds calls went on. */
  watched: number;
  said: Said | undefined;
}

const gatewayCell = ({ row, servedFor, servedStill, watched }: Observed) => {
  if (!row.key) return 'no key was made';
  if (servedStill) return `**never** refused in ${Math.floor(watched)} s`;
  return `refused after ${(servedFor ?? 0).toFixed(1)} s`;
};

/** Gives each message a number. */
class Footnotes {
  readonly #texts: string[] = [];

  of(text: string): string {
    const known = this.#texts.indexOf(text);
    const index = known < 0 ? this.#texts.push(text) - 1 : known;
    return `[${index + 1}]`;
  }

  lines(): string[] {
    return this.#texts.map((text, index) => `${index + 1}. ${text}`);
  }
}

function portalCell({ row, said }: Observed, notes: Footnotes): string {
  if (!said) return `failed ${notes.of(row.failure ?? '')}`;
  const { status, revocation, lastError } = said.credential;
  if (status === 'revoked') return 'revoked';
  const message = revocation?.message ?? lastError;
  const drift = said.drift.map(kind => `, drift: ${kind}`).join('');
  return `${status}${drift}${message ? ` ${notes.of(message)}` : ''}`;
}

/** One line for each setting and way to present a key, verification and markers side by side. */
export function tableOf(observed: readonly Observed[]): string {
  const notes = new Footnotes();
  const lines = new Map<string, { label: string; presented: Presented }>();
  for (const { row } of observed) {
    const { label } = row.gateway;
    const { presented } = row;
    lines.set(`${label} ${presented}`, { label, presented });
  }
  const cells = (label: string, presented: Presented) =>
    MODES.flatMap(mode => {
      const found = observed.find(
        ({ row }) =>
          row.gateway.label === label &&
          row.presented === presented &&
          row.mode === mode,
      );
      return found ? [gatewayCell(found), portalCell(found, notes)] : ['', ''];
    });
  return [
    '| gateway setting | presented | verify: the gateway | verify: the portal | marker: the gateway | marker: the portal |',
    '|---|---|---|---|---|---|',
    ...[...lines.values()].map(
      ({ label, presented }) =>
        `| ${[label, presented, ...cells(label, presented)].join(' | ')} |`,
    ),
    '',
    ...notes.lines(),
    '',
  ].join('\n');
}
