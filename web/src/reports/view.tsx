/** Reports (报表): the list of them, and the one that is chosen with its spreadsheet. */
import { useAnswer } from '../registry/answer';
import type { ReportAnswer, ReportRow } from '../registry/answers';
import { Caption, DayControls } from '../shell/day-controls';
import { Gate } from '../shell/gate';
import { Link } from '../shell/link';
import { PairControls } from '../shell/pair-controls';
import { type Place, usePlace } from '../shell/place';
import { Refused } from '../shell/refused';
import { writeMoment } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { type Asked, isComplete, readReport } from './ask';
import { REPORTS } from './catalog';
import type { Report } from './declare';
import { Download } from './download';
import { inLanguage, ReportTable } from './table';

interface Session {
  signedIn: boolean;
  openSignIn: () => void;
}

/** A comparison that is opened from a day ends on that day. */
function changeTo(report: Report, place: Place): Partial<Place> {
  const { name } = report;
  return report.between === true ? { report: name, to: place.to ?? place.asOf } : { report: name };
}

function ReportList({ signedIn }: { signedIn: boolean }) {
  const words = useWords().reports;
  const language = useLanguage();
  const { place } = usePlace();
  return (
    <nav class="report-list" aria-label={words.list}>
      <ul class="plain">
        {REPORTS.map((report) => (
          <li key={report.name}>
            <Link change={changeTo(report, place)} current={place.report === report.name}>
              {inLanguage(report.title, language)}
              {report.staff === true && !signedIn && <span class="tag">{words.staffOnly}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What the answer is of, in words. */
function useCaption(answer: ReportAnswer | null): string {
  const words = useWords();
  if (answer === null) return words.loading;
  const { asOf, from, to, knownAt, position, root } = answer;
  const moment = writeMoment(knownAt);
  const days =
    from !== undefined && to !== undefined
      ? `${words.time.between(from, to)} · ${words.time.known(moment)}`
      : words.time.caption(asOf ?? '', moment, position);
  return root ? `${root.name} · ${days}` : days;
}

interface ContentProps {
  report: Report;
  answer: ReportAnswer;
  staff: boolean;
}

function Tables({ report, answer, staff }: ContentProps) {
  const words = useWords().reports;
  return (
    <>
      {report.tables.map((table) => (
        <ReportTable
          key={table.field}
          table={table}
          rows={answer[table.field] as ReportRow[]}
          staff={staff}
          asOf={answer.asOf ?? answer.to}
        />
      ))}
      {report.columnsForStaff === true && !staff && <p class="aside">{words.withheld}</p>}
    </>
  );
}

interface ReportProps extends Session {
  report: Report;
}

function ReportView({ report, signedIn, openSignIn }: ReportProps) {
  const words = useWords();
  const language = useLanguage();
  const { asOf, from, to, knownAt } = usePlace().place;
  const asked: Asked = { asOf, from, to, knownAt };
  const complete = isComplete(report, asked);
  const admitted = signedIn || report.staff !== true;
  const { data, refusal, loading, retry } = useAnswer(
    complete && admitted ? JSON.stringify(asked) : null,
    (signal) => readReport(report, asked, signedIn, signal),
  );
  const shown = complete && admitted ? data : null;
  const caption = useCaption(shown);
  const missing = complete ? words.reports.needed : words.reports.days;
  return (
    <>
      {report.between === true ? <PairControls /> : <DayControls shownOn={shown?.asOf ?? null} />}
      <Caption>{complete && admitted ? caption : missing}</Caption>
      <div class="report-title">
        <Link class="to-list" change={{ report: null }}>
          ‹ {words.reports.list}
        </Link>
        <h2>{inLanguage(report.title, language)}</h2>
        {shown !== null && (
          <Download key={JSON.stringify(asked)} {...{ report, asked, openSignIn }} />
        )}
      </div>
      {!admitted && <Gate text={words.reports.needed} openSignIn={openSignIn} />}
      <div class="results" aria-busy={loading}>
        {refusal !== null && complete && <Refused {...{ refusal, retry, openSignIn }} />}
        {shown !== null && <Tables report={report} answer={shown} staff={signedIn} />}
      </div>
    </>
  );
}

export function ReportsView(session: Session) {
  const words = useWords().reports;
  const { place } = usePlace();
  const report = REPORTS.find(({ name }) => name === place.report);
  return (
    <>
      <h1 class="heading">{words.heading}</h1>
      <div class={report === undefined ? 'reports' : 'reports with-report'}>
        <ReportList signedIn={session.signedIn} />
        <div class="chosen">
          {report === undefined ? (
            <p class="empty">{place.report === null ? words.choose : words.unknown}</p>
          ) : (
            <ReportView key={report.name} report={report} {...session} />
          )}
        </div>
      </div>
    </>
  );
}
