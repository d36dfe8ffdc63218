/** Who may write what, and what cannot be written here at all. */
import { NotAllowedError } from '@backstage/errors';
import type { EntityRef, Origin } from 'backstage-plugin-api-products-common';
import { conflict, refused } from '../../lib/errors';
import type { UserCaller } from '../../identity/Caller';

const isOwner = (caller: UserCaller, owner: EntityRef): boolean =>
  caller.platformOwner || caller.ownership.includes(owner);

/** @throws NotAllowedError saying who may. */
export function requireOwner(
  caller: UserCaller,
  record: { title: string; owner_ref: EntityRef },
): void {
  if (!isOwner(caller, record.owner_ref)) {
    throw refused(
      new NotAllowedError(
        `Only ${record.owner_ref} and platform owners may change ${record.title}`,
      ),
      'not-owner',
      { owner: record.owner_ref },
    );
  }
}

/** Nobody makes records for others, or gives their own away to them. @throws NotAllowedError. */
export function requireOwnHands(caller: UserCaller, owner: EntityRef): void {
  if (!isOwner(caller, owner)) {
    throw refused(
      new NotAllowedError(
        `owner: you do not belong to ${owner}; only platform owners may make others the owner`,
      ),
      'not-owner',
      { field: 'owner', owner },
    );
  }
}

/** @throws NotAllowedError for whom plans are not for. */
export function requirePlanAuthor({ planAuthor }: UserCaller): void {
  if (!planAuthor) {
    throw refused(
      new NotAllowedError(
        'Only platform owners, and whom they name as plan authors, may make and change plans',
      ),
      'not-plan-author',
    );
  }
}

/** @throws ConflictError saying where it is edited. */
export function requireEditable(record: {
  title: string;
  origin: Origin;
  edit_url: string | null;
}): void {
  if (record.origin === 'catalog') {
    throw conflict(
      `${record.title} is managed in Git: ${
        record.edit_url === null
          ? 'change it where its entity comes from'
          : `change it at ${record.edit_url}`
      }`,
      'managed-elsewhere',
      { editUrl: record.edit_url ?? undefined },
    );
  }
}

export const editedSince = (record: { title: string; revision: number }) =>
  conflict(
    `revision: ${record.title} has been changed since you looked at it; it is now revision ${record.revision}`,
    'changed-since',
    { revision: record.revision },
  );
