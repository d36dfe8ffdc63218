/** Whether somebody may be looking at the page. */
export const isVisible = (): boolean => document.visibilityState !== 'hidden';

/**
 * Calls back as soon as somebody looks at the page: at once, or when they come back to it.
 *
 * @returns what ends the waiting
 */
export function whenVisible(callback: () => void): () => void {
  if (isVisible()) {
    callback();
    return () => {};
  }
  const look = () => {
    if (isVisible()) {
      document.removeEventListener('visibilitychange', look);
      callback();
    }
  };
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}
