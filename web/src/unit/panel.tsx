/** The record of the chosen unit (单位档案), read for the day and the belief being shown. */
import { useEffect, useRef } from 'preact/hooks';
import { useAnswer } from '../registry/answer';
import { readUnit } from '../registry/operations';
import { isSignedIn } from '../registry/token';
import { usePlace } from '../shell/place';
import { Problem } from '../shell/problem';
import { useWords } from '../words/language';
import { UnitRecordView } from './record';

export function UnitPanel() {
  const words = useWords().unit;
  const { place, go } = usePlace();
  const { unit, asOf, knownAt } = place;
  const question = { id: unit ?? '', asOf, knownAt, staff: isSignedIn() };
  const answer = useAnswer(unit === null ? null : JSON.stringify(question), (signal) =>
    readUnit(question, signal),
  );
  const panel = useRef<HTMLElement>(null);
  const previous = useRef(unit);
  // Where the record covers the tree, focus would be lost behind it; beside it, focus stays.
  useEffect(() => {
    const covered = matchMedia('(max-width: 799px)').matches;
    if (unit !== null && unit !== previous.current && covered) panel.current?.focus();
    // The button that closed the record is gone; the keyboard goes on in the tree.
    if (unit === null && previous.current !== null && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('[role=tree] [tabindex="0"]')?.focus();
    }
    previous.current = unit;
  }, [unit]);
  if (unit === null) {
    return (
      <aside class="record none">
        <p>{words.choose}</p>
      </aside>
    );
  }
  const { data, refusal, loading, retry } = answer;
  return (
    <aside class="record" ref={panel} tabIndex={-1} aria-busy={loading}>
      <button type="button" class="back" onClick={() => go({ unit: null })}>
        <span class="narrow">‹ {words.back}</span>
        <span class="wide">{words.close}</span>
      </button>
      {refusal !== null && <Problem refusal={refusal} retry={retry} />}
      {data !== null && <UnitRecordView record={data} />}
      {data === null && refusal === null && !loading && <p class="empty">{words.missing}</p>}
    </aside>
  );
}
