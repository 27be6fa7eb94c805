/** A view that needs its reader to sign in, and what stands in its place until then. */
import type { ComponentChildren } from 'preact';
import { useWords } from '../words/language';

interface GateProps {
  text: string;
  openSignIn: () => void;
}

export function Gate({ text, openSignIn }: GateProps) {
  const words = useWords().signIn;
  return (
    <div class="gate">
      <p>{text}</p>
      <button type="button" class="primary" onClick={openSignIn}>
        {words.open}
      </button>
    </div>
  );
}

interface GatedProps {
  words: { heading: string; explain: string };
  needed: string;
  signedIn: boolean;
  openSignIn: () => void;
  children: ComponentChildren;
}

/** What the view is for, and the view itself once its reader has signed in. */
export function Gated({ words, needed, signedIn, openSignIn, children }: GatedProps) {
  return (
    <>
      <h1 class="heading">{words.heading}</h1>
      <p class="caption">
        <span>{words.explain}</span>
      </p>
      {signedIn ? children : <Gate text={needed} openSignIn={openSignIn} />}
    </>
  );
}
