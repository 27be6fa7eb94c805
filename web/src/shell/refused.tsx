/** A refusal, and where it is one of rights, the way to sign in with others. */
import { isOfRights, type Refusal } from '../registry/request';
import { useWords } from '../words/language';
import { Problem } from './problem';

interface RefusedProps {
  refusal: Refusal;
  retry: () => void;
  openSignIn: () => void;
}

export function Refused({ refusal, retry, openSignIn }: RefusedProps) {
  const words = useWords().signIn;
  // What a program has to send is nothing that a clerk can do.
  const said =
    refusal.code === 'UNAUTHENTICATED'
      ? { ...refusal, advice: words.again, adviceZh: words.again }
      : refusal;
  return (
    <Problem refusal={said} retry={retry}>
      {isOfRights(refusal) && (
        <button type="button" class="primary" onClick={openSignIn}>
          {words.open}
        </button>
      )}
    </Problem>
  );
}
