/** How a unit is registered, its charter, and its staffing (登记、章程、编制), where there is any. */
import type { Charter, Registration, Staffing, UnitRecord } from '../registry/answers';
import { ChineseText } from '../shell/unit-name';
import { writeSpan } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { legalFormTerm } from '../words/terms';

type Fact = [term: string, value: string | number | null | undefined, chinese?: boolean];

/** Facts that are there, each under its term. */
function FactList({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(
        ([term, value, chinese]) =>
          value !== null &&
          value !== undefined && (
            <div key={term}>
              <dt>{term}</dt>
              <dd {...(chinese === true ? { lang: 'zh-CN' } : {})}>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function RegistrationFacts({ registration }: { registration: Registration }) {
  const words = useWords();
  const language = useLanguage();
  const { legalForm, authority, certificate, domicile, until } = registration;
  return (
    <>
      <h3>{words.unit.registration}</h3>
      <FactList
        facts={[
          [words.unit.legalForm, legalFormTerm(legalForm, language)],
          [words.unit.representative, registration.representativeName, true],
          [words.unit.authority, authority, true],
          [words.unit.certificate, certificate],
          [words.unit.certificateUntil, until === null ? null : writeSpan(null, until, words)],
          [words.unit.domicile, domicile, true],
        ]}
      />
    </>
  );
}

function CharterFacts({ charter: { title, adoptedOn, approvedOn } }: { charter: Charter }) {
  const words = useWords().unit;
  return (
    <>
      <h3>{words.charter}</h3>
      <p>
        <ChineseText>{title}</ChineseText>{' '}
        <span class="aside">
          {words.adoptedOn(adoptedOn)}
          {approvedOn !== null && ` · ${words.approvedOn(approvedOn)}`}
        </span>
        {approvedOn === null && <span class="tag strong">{words.notApproved}</span>}
      </p>
    </>
  );
}

interface CountProps {
  term: string;
  count: number | null;
  over?: number | null;
}

function Count({ term, count, over = null }: CountProps) {
  const words = useWords().unit;
  if (count === null) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {count}
        {over !== null && over > 0 && <span class="tag strong">{words.over(over)}</span>}
      </dd>
    </div>
  );
}

function StaffingFacts({ staffing }: { staffing: Staffing }) {
  const words = useWords().unit;
  const { established, headcount, overStrength, leadershipPosts, leaders, overLeadership } =
    staffing;
  return (
    <>
      <h3>{words.staffing}</h3>
      <dl class="facts">
        <Count term={words.establishment} count={established} />
        <Count term={words.headcount} count={headcount} over={overStrength} />
        <Count term={words.leadershipPosts} count={leadershipPosts} />
        <Count term={words.leaders} count={leaders} over={overLeadership} />
      </dl>
    </>
  );
}

export function Papers({ record }: { record: UnitRecord }) {
  const { registration, charter, staffing } = record;
  return (
    <>
      {registration !== null && <RegistrationFacts registration={registration} />}
      {charter !== null && <CharterFacts charter={charter} />}
      {staffing !== null && staffing !== undefined && <StaffingFacts staffing={staffing} />}
    </>
  );
}
