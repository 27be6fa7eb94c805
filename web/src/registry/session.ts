/** The session (会话) of whoever signed in with the identity provider; its cookie is out of this page's reach. */
import { keepSession } from './token';

export interface SignedIn {
  /** The id that the log knows. */
  name: string;
  /** The name that the provider gives, if any. */
  shown: string | null;
}

export interface Session {
  /** Whether one can sign in with a provider here. */
  offered: boolean;
  signedIn: SignedIn | null;
}

const NONE: Session = { offered: false, signedIn: null };

/** Asks who is signed in; without an answer, nobody is. */
export async function readSession(signal: AbortSignal): Promise<Session> {
  const response = await fetch('/signin/session', { signal });
  const session = response.ok ? ((await response.json()) as Session) : NONE;
  keepSession(session.signedIn !== null);
  return session;
}

/** Where to sign in, and to come back here from. */
export function signInAddress(): string {
  return `/signin?next=${encodeURIComponent(location.pathname + location.search)}`;
}

/** Ends the session here, and goes where the provider ends its own. */
export async function leaveSession(): Promise<void> {
  const response = await fetch('/signout', { method: 'POST' });
  if (!response.ok) throw new Error(`sign-out failed: HTTP ${response.status}`);
  keepSession(false);
  location.assign(((await response.json()) as { next: string }).next);
}
