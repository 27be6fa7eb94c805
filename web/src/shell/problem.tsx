/** A refusal as the registry worded it, in the reader's language, with what to do. */
import type { ComponentChildren } from 'preact';
import type { Refusal } from '../registry/request';
import { useLanguage, useWords } from '../words/language';

interface ProblemProps {
  refusal: Refusal;
  retry: () => void;
  children?: ComponentChildren;
}

export function Problem({ refusal, retry, children }: ProblemProps) {
  const words = useWords();
  const english = useLanguage() === 'en';
  const advice = english ? refusal.advice : (refusal.adviceZh ?? refusal.advice);
  return (
    <div class="problem" role="alert">
      <p class="message">{english ? refusal.message : refusal.messageZh}</p>
      {advice !== null && <p>{advice}</p>}
      <p class="aside">
        {words.code} <code>{refusal.code}</code>
      </p>
      <div class="buttons">
        {children}
        <button type="button" onClick={retry}>
          {words.retry}
        </button>
      </div>
    </div>
  );
}
