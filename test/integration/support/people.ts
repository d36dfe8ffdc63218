/** Who belongs to what, as the catalog says it. */
import type { Entity } from '@backstage/catalog-model';

const GROUPS: Record<string, string[]> = {
  paula: ['platform-owners'],
  omar: ['payments-team'],
  dana: ['shop-team'],
  devin: ['shop-team'],
};

export type PersonName = 'paula' | 'omar' | 'dana' | 'devin';

export const refOf = (name: string): string => `user:default/${name}`;

/** Everybody, for a catalog. */
export const personEntities: Entity[] = Object.entries(GROUPS).map(
  ([name, memberOf]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf },
    relations: memberOf.map(group => ({
      type: 'memberOf',
      targetRef: `group:default/${group}`,
    })),
  }),
);
