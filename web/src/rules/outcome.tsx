/** An outcome as a word, a sign and a color: the color alone never says it. */
import { useLanguage } from '../words/language';
import { outcomeTerm } from '../words/terms';

const SIGNS: Readonly<Record<string, string>> = {
  UNMET: '✗',
  UNDETERMINED: '?',
  MET: '✓',
  QUALITATIVE: '≈',
  NOT_APPLICABLE: '–',
  NOT_IN_FORCE: '○',
};

/** What needs attention comes first. */
export const OUTCOMES: readonly string[] = Object.keys(SIGNS);

interface OutcomeProps {
  outcome: string;
  count?: number;
}

export function Outcome({ outcome, count }: OutcomeProps) {
  const language = useLanguage();
  return (
    <span class={`outcome outcome-${outcome}`}>
      <span aria-hidden="true">{SIGNS[outcome] ?? '·'}</span> {outcomeTerm(outcome, language)}
      {count !== undefined && <span class="times">{count}</span>}
    </span>
  );
}
