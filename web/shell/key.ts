const KEY = 'precis.key';

/** The service's key, where it wants one; kept in this browser only. */
export function readKey(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function storeKey(key: string): void {
  try {
    localStorage.setItem(KEY, key);
  } catch {
    // It holds until the page is closed.
  }
}
