/** What day and what belief is shown: the same two fields, and the same caption, in every view. */
import type { ComponentChildren } from 'preact';
import { useWords } from '../words/language';
import { usePlace } from './place';
import { BeliefField, DateField } from './time-fields';

interface ControlsProps {
  /** The day that the server answered for, where the address names none. */
  shownOn: string | null;
  children?: ComponentChildren;
}

export function DayControls({ shownOn, children }: ControlsProps) {
  const words = useWords();
  const { place, go } = usePlace();
  return (
    <div class="controls">
      <div class="with-button">
        <DateField
          label={words.time.asOf}
          hint={words.time.asOfHint}
          name="asOf"
          value={place.asOf ?? shownOn}
          onChange={(asOf) => go({ asOf })}
        />
        <button type="button" disabled={place.asOf === null} onClick={() => go({ asOf: null })}>
          {words.time.today}
        </button>
      </div>
      <BeliefField value={place.knownAt} onChange={(knownAt) => go({ knownAt })} />
      {children}
      <button type="button" class="print" onClick={() => print()}>
        {words.print}
      </button>
    </div>
  );
}

/** What is shown, in words; an earlier belief stands out. */
export function Caption({ children }: { children: ComponentChildren }) {
  const words = useWords();
  const past = usePlace().place.knownAt !== null;
  return (
    <p class={past ? 'caption past' : 'caption'} role="status">
      {past && <strong>{words.time.past}</strong>}
      <span>{children}</span>
    </p>
  );
}
