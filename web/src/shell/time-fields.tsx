/** Fields for a day and for a belief. A choice is taken once it rests, not at every keystroke. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { CivilDate, Moment } from '../registry/answers';
import { fieldOfMoment, momentOfField } from '../words/dates';
import { useWords } from '../words/language';

/** Half-typed years read as 0002 or 0201: nothing is registered before this day. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '9999-12-31';
const REST_MILLISECONDS = 450;

interface DraftFieldProps {
  type: 'date' | 'datetime-local';
  label: string;
  hint?: string;
  name: string;
  value: string;
  onSettle: (value: string) => void;
}

function DraftField({ type, label, hint, name, value, onSettle }: DraftFieldProps) {
  const [draft, setDraft] = useState(value);
  const timer = useRef<number | undefined>(undefined);
  const id = useId();
  useEffect(() => setDraft(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = (event: Event) => {
    const field = event.currentTarget as HTMLInputElement;
    clearTimeout(timer.current);
    // While a part is missing the field reads as empty and badInput tells it from a cleared one.
    if (!field.validity.valid || field.validity.badInput) return;
    const next = field.value;
    setDraft(next);
    timer.current = window.setTimeout(() => onSettle(next), REST_MILLISECONDS);
  };
  const bounds =
    type === 'date'
      ? { min: FIRST_DAY, max: LAST_DAY }
      : { min: `${FIRST_DAY}T00:00`, max: `${LAST_DAY}T23:59:59`, step: 'any' };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...bounds}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint`, title: hint })}
        id={id}
        name={name}
        type={type}
        value={draft}
        onInput={take}
      />
      {hint !== undefined && (
        <span id={`${id}-hint`} class="unseen">
          {hint}
        </span>
      )}
    </div>
  );
}

interface DateFieldProps {
  label: string;
  hint?: string;
  name: string;
  value: CivilDate | null;
  onChange: (value: CivilDate | null) => void;
}

export function DateField({ value, onChange, ...rest }: DateFieldProps) {
  const settle = (next: string) => onChange(next === '' ? null : next);
  return <DraftField {...rest} type="date" value={value ?? ''} onSettle={settle} />;
}

interface BeliefFieldProps {
  value: Moment | null;
  onChange: (value: Moment | null) => void;
}

/** What the registry believed at a moment (当时所知); empty is the latest belief. */
export function BeliefField({ value, onChange }: BeliefFieldProps) {
  const words = useWords().time;
  return (
    <div class="with-button">
      <DraftField
        type="datetime-local"
        label={words.knownAt}
        hint={words.knownAtHint}
        name="knownAt"
        value={fieldOfMoment(value)}
        onSettle={(next) => onChange(momentOfField(next))}
      />
      <button type="button" disabled={value === null} onClick={() => onChange(null)}>
        {words.latest}
      </button>
    </div>
  );
}
