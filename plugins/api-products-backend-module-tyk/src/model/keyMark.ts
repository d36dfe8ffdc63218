/**
 * The mark by which a key is known as the portal's: the id of its credential, and which of its policies are there for
 * technical reasons where an installation gave them ids that tell nothing.
 *
 * It ends the alias. A policy can write into the metadata and the tags of every key that carries it, and wins there
 * over what the key says itself, also in what is stored; the alias is the key's alone.
 */

const BEGIN = ' [api-portal ';
const MARK = /^(.*) \[api-portal ([^\s\]]+)((?: [^\s\]]+)*)\]$/s;

interface KeyMark {
  credentialId: string;
  technical: string[];
}

export function withKeyMark(
  alias: string,
  { credentialId, technical }: KeyMark,
): string {
  return `${alias}${BEGIN}${[credentialId, ...technical].join(' ')}]`;
}

/** What people are told, and the mark, if there is one. */
export function readKeyMark(alias: string): { alias: string; mark?: KeyMark } {
  const [, told, credentialId, technical] = MARK.exec(alias) ?? [];
  return told === undefined
    ? { alias }
    : {
        alias: told,
        mark: { credentialId, technical: technical.split(' ').filter(Boolean) },
      };
}
