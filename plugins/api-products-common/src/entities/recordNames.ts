/** The longest name that a record can have. @public */
export const RECORD_NAME_MAX_LENGTH = 63;

/** What Backstage asks of every entity's name. */
export const RECORD_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether a record can have this name. @public */
export const isRecordName = (name: string): boolean => RECORD_NAME.test(name);

/** A name for addresses, made of one for people: `Payments API` → `payments-api`; empty where nothing is left. @public */
export const slugOf = (title: string): string =>
  title
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, RECORD_NAME_MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
