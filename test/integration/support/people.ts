/** Who belongs to what. */
const GROUPS: Record<string, string[]> = {
  paula: ['platform-owners'],
  omar: ['payments-team'],
  dana: ['shop-team'],
  devin: ['shop-team'],
};

export type PersonName = 'paula' | 'omar' | 'dana' | 'devin';

export const refOf = (name: string): string => `user:default/${name}`;

export function groupsOf(userEntityRef: string): string[] {
  const groups = GROUPS[userEntityRef.slice(refOf('').length)] ?? [];
  return [userEntityRef, ...groups.map(group => `group:default/${group}`)];
}
