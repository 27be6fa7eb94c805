/** What each rule comes to (判定结果): one subject in the open, several of them folded and counted. */
import type { RuleResult } from '../registry/answers';
import { ChineseText, UnitLink } from '../shell/unit-name';
import { useLanguage, useWords } from '../words/language';
import { writeShare } from '../words/shares';
import { comparisonTerm, populationTerm, ruleFormTerm } from '../words/terms';
import { hasNames, Names, type Session } from './names';
import { Outcome, OUTCOMES } from './outcome';

/** The results of one rule, what needs attention first. */
function ofOneRule(results: readonly RuleResult[]): RuleResult[][] {
  const rules = new Map<string, RuleResult[]>();
  for (const result of results) {
    const found = rules.get(result.rule.code) ?? [];
    found.push(result);
    rules.set(result.rule.code, found);
  }
  const urgency = ({ outcome }: RuleResult) => OUTCOMES.indexOf(outcome);
  return [...rules.values()].map((each) => each.sort((a, b) => urgency(a) - urgency(b)));
}

/** How a subject is made up is so or is not: there are no figures to show. */
const isStructure = ({ rule }: RuleResult) => rule.form === 'STRUCTURE';

interface ShareProps {
  result: RuleResult;
  share: string | null;
}

/** A share with its percentage; what a rule counts is a plain number. */
function Share({ result: { rule }, share }: ShareProps) {
  const words = useWords();
  if (share === null) return <span class="share">—</span>;
  return <span class="share">{rule.form === 'COUNT' ? share : writeShare(share, words)}</span>;
}

function Figures({ result }: { result: RuleResult }) {
  const words = useWords().rules;
  const { population, counted, notCounted, unknown } = result;
  return (
    <span class="figures">
      {words.looked(population)} · {words.counted(counted)} · {words.notCounted(notCounted)}
      {unknown > 0 && <strong> · {words.unknown(unknown)}</strong>}
    </span>
  );
}

function Against({ result }: { result: RuleResult }) {
  const words = useWords().rules;
  const language = useLanguage();
  const { against, againstUnknown, rule } = result;
  if (against === null) return null;
  return (
    <div>
      <dt>{words.against}</dt>
      <dd>
        {rule.against !== null && `${populationTerm(rule.against, language)} `}
        {against}
        {againstUnknown !== null && againstUnknown > 0 && (
          <strong> · {words.unknown(againstUnknown)}</strong>
        )}
      </dd>
    </div>
  );
}

/** What the rule asks for and what it was before; the same for all its subjects. */
function Standard({ result }: { result: RuleResult }) {
  const words = useWords().rules;
  const language = useLanguage();
  const { threshold, comparison, baseline, baselineOutcome, rule } = result;
  const source = rule.decidedBy;
  const clause = rule.clause;
  return (
    <>
      {threshold !== null && !isStructure(result) && (
        <div>
          <dt>{words.threshold}</dt>
          <dd>
            {comparison !== null && `${comparisonTerm(comparison, language)} `}
            <Share result={result} share={threshold} />
          </dd>
        </div>
      )}
      {baseline !== null && (
        <div>
          <dt>{words.baseline}</dt>
          <dd>
            <Share result={result} share={baseline} />{' '}
            {baselineOutcome !== null && (
              <span class="aside">
                {words.againstBaseline} <Outcome outcome={baselineOutcome} />
              </span>
            )}
          </dd>
        </div>
      )}
      {(source !== null || clause !== null) && (
        <div>
          <dt>{words.source}</dt>
          <dd lang="zh-CN">{[source?.title, source?.number, clause].filter(Boolean).join(' ')}</dd>
        </div>
      )}
    </>
  );
}

/** The names, where a rule looked at anybody but its subject. */
function NamesOf({ result, ...session }: Session & { result: RuleResult }) {
  const { subject, population } = result;
  if (subject === null || population === 0 || isStructure(result)) return null;
  if (!hasNames(result)) return null;
  return <Names {...{ result, subject, ...session }} />;
}

function OneSubject({ result, ...session }: Session & { result: RuleResult }) {
  const words = useWords().rules;
  const { subject } = result;
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{words.subject}</dt>
          <dd>{subject === null ? words.nobody : <UnitLink unit={subject} />}</dd>
        </div>
        {!isStructure(result) && (
          <div>
            <dt>{words.share}</dt>
            <dd>
              <Share result={result} share={result.share} />
            </dd>
          </div>
        )}
        <Standard result={result} />
        {!isStructure(result) && (
          <div>
            <dt>{words.figures}</dt>
            <dd>
              <Figures result={result} />
            </dd>
          </div>
        )}
        <Against result={result} />
      </dl>
      <NamesOf result={result} {...session} />
    </>
  );
}

function SubjectRow({ result, ...session }: Session & { result: RuleResult }) {
  const words = useWords().rules;
  const { subject } = result;
  return (
    <tr>
      <td data-label={words.subject}>
        <UnitLink unit={subject} />
      </td>
      <td data-label={words.outcome}>
        <Outcome outcome={result.outcome} />
      </td>
      {!isStructure(result) && (
        <>
          <td data-label={words.share}>
            <Share result={result} share={result.share} />
          </td>
          <td class="wide-cell">
            <Figures result={result} />
            <NamesOf result={result} {...session} />
          </td>
        </>
      )}
    </tr>
  );
}

function SeveralSubjects({ results, ...session }: Session & { results: RuleResult[] }) {
  const words = useWords().rules;
  const [first] = results;
  if (first === undefined) return null;
  const columns = [
    words.subject,
    words.outcome,
    ...(isStructure(first) ? [] : [words.share, words.figures]),
  ];
  return (
    <>
      <dl class="facts">
        <Standard result={first} />
      </dl>
      <details class="subjects">
        <summary>
          {words.subjects(results.length)}{' '}
          {OUTCOMES.map((outcome) => {
            const count = results.filter((result) => result.outcome === outcome).length;
            return count > 0 && <Outcome key={outcome} outcome={outcome} count={count} />;
          })}
        </summary>
        <table class="stacking">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <SubjectRow key={result.subject?.id} result={result} {...session} />
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

function RuleCard({ results, ...session }: Session & { results: RuleResult[] }) {
  const words = useWords().rules;
  const language = useLanguage();
  const [first] = results;
  if (first === undefined) return null;
  const { rule, outcome } = first;
  return (
    <section class={`change rule outcome-${outcome}`} data-rule={rule.code}>
      <h2>
        <span class="id">{rule.code}</span> <ChineseText>{rule.name}</ChineseText>{' '}
        {results.length === 1 && <Outcome outcome={outcome} />}
      </h2>
      <p class="aside">
        {ruleFormTerm(rule.form, language)} · {populationTerm(rule.population, language)}
        {rule.warning && <span class="tag strong">{words.warning}</span>}
        {rule.illustrative && <span class="tag made-up">{words.illustrative}</span>}
      </p>
      {results.length === 1 ? (
        <OneSubject result={first} {...session} />
      ) : (
        <SeveralSubjects results={results} {...session} />
      )}
    </section>
  );
}

export function RuleResults({ results, ...session }: Session & { results: RuleResult[] }) {
  const words = useWords().rules;
  if (results.length === 0) return <p class="empty">{words.empty}</p>;
  return (
    <>
      {ofOneRule(results).map((each) => (
        <RuleCard key={each[0]?.rule.code} results={each} {...session} />
      ))}
      <p class="aside">{words.cutOff}</p>
    </>
  );
}
