/** One proposal (报送件): who wants what, since when, and why. */
import { useState } from 'preact/hooks';
import { useAnswer } from '../registry/answer';
import type { CivilDate, UnitName } from '../registry/answers';
import { type Decision, type Proposal, readPersonal, type Said } from '../registry/proposals';
import { Problem } from '../shell/problem';
import { ChineseText, UnitLink } from '../shell/unit-name';
import { writeMoment } from '../words/dates';
import { type Language, useLanguage, useWords } from '../words/language';
import { mutationTerm } from '../words/mutations';
import { Decide } from './decide';
import { Facts } from './said';

/** What a proposal is called where it is spoken of. */
export function titleOf(proposal: Proposal, language: Language): string {
  const { mutation, concerns, command, subjectId } = proposal;
  const subject = concerns.find(({ id }) => id === subjectId)?.name ?? command?.['name'];
  const named = typeof subject === 'string' ? [subject] : concerns.map(({ name }) => name);
  return [mutationTerm(mutation, language), named.join('、')].filter(Boolean).join(' · ');
}

/** What a command says but for the id of what it brings into being, which nobody knows by that. */
function told({ command, subjectId }: Proposal, units: ReadonlyMap<string, UnitName>): Said {
  const entries = Object.entries(command ?? {});
  return Object.fromEntries(
    entries.filter(([, value]) => value !== subjectId || units.has(subjectId)),
  );
}

function Dated({ proposal }: { proposal: Proposal }) {
  const words = useWords().proposals;
  const { submitter, madeAt, command, reason, decidedBy, decidedAt, decisionReason } = proposal;
  const effectiveOn = command?.['effective_on'];
  const facts: [name: string, value: string | null][] = [
    [words.submitter, submitter],
    [words.madeAt, writeMoment(madeAt)],
    [words.effectiveOn, typeof effectiveOn === 'string' ? effectiveOn : null],
    [words.reason, reason],
    [words.decidedBy, decidedBy],
    [words.decidedAt, decidedAt === null ? null : writeMoment(decidedAt)],
    [words.decision, decisionReason],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <ChineseText>{value}</ChineseText>
              </dd>
            </div>
          ),
      )}
      {proposal.concerns.length > 0 && (
        <div>
          <dt>{words.concerns}</dt>
          <dd class="units">
            {proposal.concerns.map((unit) => (
              <UnitLink key={unit.id} unit={unit} />
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

interface ContentProps {
  proposal: Proposal;
  units: ReadonlyMap<string, UnitName>;
}

/** What is sealed is asked for when the reader says so: it is recorded who has read it. */
function Sealed({ proposal, units }: ContentProps) {
  const words = useWords().proposals;
  const [asked, setAsked] = useState(false);
  const { data, refusal, loading, retry } = useAnswer(asked ? proposal.id : null, (signal) =>
    readPersonal(proposal.id, signal),
  );
  if (refusal !== null) return <Problem refusal={refusal} retry={retry} />;
  if (data !== null) return <Facts said={data} units={units} dated />;
  if (asked && !loading) return <p>{words.erased}</p>;
  return (
    <p class="sealed">
      {words.sealed}{' '}
      <button type="button" disabled={asked} onClick={() => setAsked(true)}>
        {words.unseal}
      </button>
    </p>
  );
}

interface CardProps extends ContentProps {
  today: CivilDate;
  reader: string | null;
  onDecided: (decision: Decision) => void;
}

export function ProposalCard({ proposal, units, today, reader, onDecided }: CardProps) {
  const words = useWords().proposals;
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const { status } = proposal;
  return (
    <article class="proposal" data-status={status} aria-labelledby={`proposal-${proposal.id}`}>
      <h2 id={`proposal-${proposal.id}`}>
        {titleOf(proposal, language)} <span class="tag">{words.statuses[status]}</span>
      </h2>
      <Dated proposal={proposal} />
      <h3>{words.content}</h3>
      {proposal.command === null ? (
        <Sealed proposal={proposal} units={units} />
      ) : (
        <Facts said={told(proposal, units)} units={units} />
      )}
      {status === 'PENDING' && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{words.review}</summary>
          {open && <Decide {...{ proposal, units, today, reader, onDecided }} />}
        </details>
      )}
    </article>
  );
}
