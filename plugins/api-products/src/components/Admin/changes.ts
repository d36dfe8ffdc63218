/** What a person has changed in a form, field by field. Pure. */

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Tells whether any of the fields was changed. */
export const changesBetween =
  <T extends object>(before: T, form: T) =>
  (...fields: (keyof T)[]): boolean =>
    fields.some(field => !same(before[field], form[field]));

/**
 * The newest version with the person's own changes on top.
 *
 * @param before - what the form started with
 * @param now - what it would start with today
 */
export function keepChanges<T extends object>(before: T, form: T, now: T): T {
  const kept = { ...now };
  const changed = changesBetween(before, form);
  for (const field of Object.keys(form) as (keyof T)[]) {
    if (changed(field)) {
      kept[field] = form[field];
    }
  }
  return kept;
}
