/** What differs between two dates (变动对比). */
import { useAnswer } from '../registry/answer';
import { readChanges } from '../registry/operations';
import { Caption } from '../shell/day-controls';
import { usePlace } from '../shell/place';
import { Problem } from '../shell/problem';
import { BeliefField, DateField } from '../shell/time-fields';
import { writeMoment } from '../words/dates';
import { useWords } from '../words/language';
import { ChangeLists } from './lists';

function ChangesControls() {
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
        <DateField
          label={words.time.to}
          name="to"
          value={to}
          onChange={(day) => go({ to: day })}
        />
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

/** Both dates with the belief, or the wish to be given them. */
function useCaption(): string {
  const words = useWords();
  const { from, to, knownAt } = usePlace().place;
  if (from === null || to === null) return words.changes.choose;
  const belief = knownAt === null ? words.time.latest : words.time.known(writeMoment(knownAt));
  return `${words.time.between(from, to)} · ${belief}`;
}

export function ChangesView() {
  const words = useWords();
  const { from, to, knownAt } = usePlace().place;
  const caption = useCaption();
  const question = { from: from ?? '', to: to ?? '', knownAt };
  const complete = from !== null && to !== null;
  const { data, refusal, loading, retry } = useAnswer(
    complete ? JSON.stringify(question) : null,
    (signal) => readChanges(question, signal),
  );
  return (
    <>
      <h1 class="heading">{words.changes.heading}</h1>
      <ChangesControls />
      <Caption>{caption}</Caption>
      <div class="results" aria-busy={loading}>
        {refusal !== null && <Problem refusal={refusal} retry={retry} />}
        {complete && data !== null && <ChangeLists changes={data} from={from} to={to} />}
      </div>
    </>
  );
}
