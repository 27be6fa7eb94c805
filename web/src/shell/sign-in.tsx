/** The box to sign in by (登录): with the provider where there is one, or with a token that is pasted. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { keepToken } from '../registry/token';
import { signInAddress } from '../registry/session';
import { useWords } from '../words/language';

interface SignInProps {
  /** Whether one can sign in with a provider here. */
  offered: boolean;
  onDone: () => void;
  onCancel: () => void;
}

export function SignInDialog({ offered, onDone, onCancel }: SignInProps) {
  const words = useWords().signIn;
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [malformed, setMalformed] = useState(false);
  // A modal dialog keeps the focus inside and gives it back when it closes.
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (keepToken(field.current?.value ?? '')) onDone();
    else setMalformed(true);
  };
  return (
    <dialog ref={dialog} class="sign-in" aria-labelledby="sign-in-heading" onClose={onCancel}>
      <form onSubmit={submit}>
        <h2 id="sign-in-heading">{offered ? words.open : words.heading}</h2>
        {offered && (
          <p>
            <a class="provider" href={signInAddress()}>
              {words.provider}
            </a>
          </p>
        )}
        <p id="sign-in-explain">{words.explain}</p>
        <label class="field">
          <span>{words.token}</span>
          <input
            ref={field}
            type="password"
            name="token"
            autocomplete="off"
            spellcheck={false}
            required
            aria-describedby="sign-in-explain sign-in-malformed"
            aria-invalid={malformed}
          />
        </label>
        <p id="sign-in-malformed" class="malformed" role="alert">
          {malformed ? words.malformed : ''}
        </p>
        <div class="buttons">
          <button type="submit" class="primary">
            {words.submit}
          </button>
          <button type="button" onClick={onCancel}>
            {words.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
