/** The bearer token (令牌) lives in this tab's session storage: it ends with the tab. */

const KEY = 'kexie.token';

/** Header values hold visible ASCII only; anything else was not a token. */
const SHAPE = /^[\x21-\x7e]{8,8192}$/;

/** Whether the server knows this browser by a session; see `session.ts`. */
let bySession = false;

export function keepSession(found: boolean): void {
  bySession = found;
}

/** Whether requests are sent as somebody, by a token or by a session. */
export function isSignedIn(): boolean {
  return bySession || currentToken() !== null;
}

export function currentToken(): string | null {
  return sessionStorage.getItem(KEY);
}

/** Keeps the token for this tab; false when the text cannot be one. */
export function keepToken(pasted: string): boolean {
  const token = pasted.trim().replace(/^Bearer\s+/i, '');
  if (!SHAPE.test(token)) return false;
  sessionStorage.setItem(KEY, token);
  return true;
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
}
