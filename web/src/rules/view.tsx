/** What the rules come to on a day (规则执行情况), by what is believed at a moment. */
import { useAnswer } from '../registry/answer';
import { readCompliance } from '../registry/operations';
import { Caption, DayControls } from '../shell/day-controls';
import { usePlace } from '../shell/place';
import { Problem } from '../shell/problem';
import { writeMoment } from '../words/dates';
import { useWords } from '../words/language';
import type { Session } from './names';
import { RuleResults } from './results';

export function RulesView({ signedIn, openSignIn }: Session) {
  const words = useWords();
  const { asOf, knownAt } = usePlace().place;
  const question = { asOf, knownAt };
  const { data, refusal, loading, retry } = useAnswer(JSON.stringify(question), (signal) =>
    readCompliance(question, signal),
  );
  const shownOn = data?.[0]?.asOf ?? null;
  const day = words.rules.caption(shownOn ?? asOf ?? words.time.today);
  const belief = knownAt === null ? words.time.latest : words.time.known(writeMoment(knownAt));
  return (
    <>
      <h1 class="heading">{words.rules.heading}</h1>
      <DayControls shownOn={shownOn} />
      <Caption>{data === null && loading ? words.loading : `${day} · ${belief}`}</Caption>
      <div class="results" aria-busy={loading}>
        {refusal !== null && <Problem refusal={refusal} retry={retry} />}
        {data !== null && <RuleResults results={data} {...{ signedIn, openSignIn }} />}
      </div>
    </>
  );
}
