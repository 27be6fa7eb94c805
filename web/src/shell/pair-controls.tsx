/** Two days to compare and the belief to compare them by. */
import { useWords } from '../words/language';
import { usePlace } from './place';
import { BeliefField, DateField } from './time-fields';

export function PairControls() {
  const words = useWords();
  const { place, go } = usePlace();
  const { from, to, knownAt } = place;
  return (
    <div class="controls">
      <DateField
        label={words.time.from}
        name="from"
        value={from}
        onChange={(day) => go({ from: day })}
      />
      <div class="with-button">
        <DateField label={words.time.to} name="to" value={to} onChange={(day) => go({ to: day })} />
        <button
          type="button"
          disabled={from === null && to === null}
          onClick={() => go({ from: to, to: from })}
        >
          {words.changes.swap}
        </button>
      </div>
      <BeliefField value={knownAt} onChange={(moment) => go({ knownAt: moment })} />
      <button type="button" class="print" onClick={() => print()}>
        {words.print}
      </button>
    </div>
  );
}
