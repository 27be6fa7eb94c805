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
  return (
    <Problem refusal={refusal} retry={retry}>
      {isOfRights(refusal) && (
        <button type="button" class="primary" onClick={openSignIn}>
          {words.open}
        </button>
      )}
    </Problem>
  );
}
