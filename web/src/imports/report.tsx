/** What came of a file: how it ended, the numbers, the errors, and what can be done next. */
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../words/language';
import { Faults } from './faults';
import { AFTERWARDS, Progress } from './progress';
import type { Report } from './send';
import type { ImportWork } from './work';

interface FactProps {
  name: string;
  value: string | number;
}

function Fact({ name, value }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Numbers({ report, file }: { report: Report; file: string }) {
  const words = useWords().imports;
  const { state, rows, commands, recorded, skipped, errors } = report;
  const { firstPosition, lastPosition } = report;
  return (
    <dl class="facts">
      <Fact name={words.facts.file} value={file} />
      {state !== 'REVERSED' && <Fact name={words.facts.rows} value={rows} />}
      {state !== 'REFUSED' && <Fact name={words.facts.commands} value={commands} />}
      {state !== 'REFUSED' && <Fact name={words.facts.recorded} value={recorded} />}
      {skipped > 0 && <Fact name={words.facts.skipped} value={skipped} />}
      <Fact name={words.facts.errors} value={errors.length} />
      {firstPosition !== null && lastPosition !== null && (
        <Fact name={words.facts.positions} value={words.positions(firstPosition, lastPosition)} />
      )}
      <div>
        <dt>{words.facts.import}</dt>
        <dd class="id">{report.importId}</dd>
      </div>
    </dl>
  );
}

/** What taking the import back would come to, and the question whether it is meant. */
function Reversal({ reversal, doing }: { reversal: Report; doing: ImportWork }) {
  const words = useWords().imports;
  const question = useRef<HTMLParagraphElement>(null);
  const possible = reversal.state === 'DECIDED';
  const refused = reversal.state === 'REFUSED';
  useEffect(() => question.current?.focus(), []);
  return (
    <div class="reversal">
      <p ref={question} tabIndex={-1}>
        {possible
          ? words.reversible(reversal.commands)
          : refused
            ? words.notReversible
            : words.nothingToReverse}
      </p>
      <Faults faults={reversal.errors} cutShort={reversal.errorsCutShort} />
      <div class="buttons">
        {possible && (
          <button type="button" class="primary" onClick={doing.takeBack}>
            {words.confirmReversal}
          </button>
        )}
        <button type="button" onClick={doing.keep}>
          {words.keep}
        </button>
      </div>
    </div>
  );
}

export function ReportView({ report, doing }: { report: Report; doing: ImportWork }) {
  const words = useWords().imports;
  const { stage, chosen, reversal } = doing.work;
  const heading = useRef<HTMLHeadingElement>(null);
  const busy = stage !== null;
  const name = chosen?.file.name ?? '';
  const { state, errors, recorded } = report;
  // What was asked for is there: the keyboard and the screen reader go on from it.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.parentElement?.scrollIntoView({ block: 'start' });
  }, [report]);
  const done = state === 'RECORDED' || state === 'STOPPED';
  return (
    <section class={`import-report ${state}`} aria-labelledby="import-result">
      <h2 id="import-result" ref={heading} tabIndex={-1}>
        {words.states[state]}
      </h2>
      <p>{words.advice[state]}</p>
      {state === 'DECIDED' && report.skipped > 0 && <p>{words.skipping(report.skipped)}</p>}
      <Numbers report={report} file={name} />
      <div class="buttons">
        {state === 'DECIDED' && (
          <button type="button" class="primary" disabled={busy} onClick={doing.record}>
            {words.record(report.commands)}
          </button>
        )}
        {errors.length > 0 && state !== 'STOPPED' && (
          <button
            type="button"
            disabled={busy}
            onClick={() => doing.annotate(words.annotatedName(name.replace(/\.[^.]*$/, '')))}
          >
            {words.annotated}
          </button>
        )}
        {done && recorded > 0 && reversal === null && (
          <button type="button" disabled={busy} onClick={doing.weigh}>
            {words.reverse}
          </button>
        )}
      </div>
      <Progress work={doing.work} of={AFTERWARDS} />
      {reversal !== null && <Reversal reversal={reversal} doing={doing} />}
      <Faults key={report.importId + state} faults={errors} cutShort={report.errorsCutShort} />
    </section>
  );
}
