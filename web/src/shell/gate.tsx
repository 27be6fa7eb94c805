/** What stands in the place of a view that needs its reader to sign in. */
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
