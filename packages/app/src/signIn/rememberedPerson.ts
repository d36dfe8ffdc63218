/**
 * Remembers who is signed in, so that a reload stays signed in. Each browser tab has its own person, so that
 * one can ask for access in one tab and approve it in another; a new tab starts as the last one signed in.
 */
const KEY = 'api-products-demo.person';

/** @returns the name of the person of this tab, if there is one */
export function rememberedPerson(): string | undefined {
  return (
    window.sessionStorage.getItem(KEY) ??
    window.localStorage.getItem(KEY) ??
    undefined
  );
}

export function rememberPerson(name: string): void {
  window.sessionStorage.setItem(KEY, name);
  window.localStorage.setItem(KEY, name);
}

export function forgetPerson(): void {
  window.sessionStorage.removeItem(KEY);
  window.localStorage.removeItem(KEY);
}
