/** What waits for approval and what became of it (报送与审批), as far as the reader may know. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../registry/answer';
import type { CivilDate } from '../registry/answers';
import {
  type Decision,
  type Proposal,
  readProposals,
  type Status,
  STATUSES,
} from '../registry/proposals';
import type { SignedIn } from '../registry/session';
import { Gated } from '../shell/gate';
import { Refused } from '../shell/refused';
import { useLanguage, useWords } from '../words/language';
import { ProposalCard, titleOf } from './card';

interface ChoiceProps {
  value: Status | null;
  onChange: (status: Status | null) => void;
}

function StatusField({ value, onChange }: ChoiceProps) {
  const words = useWords().proposals;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.status}</label>
      <select
        id={id}
        name="status"
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange((currentTarget.value || null) as Status | null)}
      >
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {words.statuses[status]}
          </option>
        ))}
        <option value="">{words.all}</option>
      </select>
    </div>
  );
}

interface ListProps {
  status: Status | null;
  reader: string | null;
  onDecided: (decision: Decision, proposal: Proposal) => void;
  openSignIn: () => void;
}

/** Proposals read so far; each press of "more" asks for the page after the last cursor. */
function List({ status, reader, onDecided, openSignIn }: ListProps) {
  const words = useWords();
  const [after, setAfter] = useState<string | null>(null);
  const [found, setFound] = useState<Proposal[]>([]);
  const [today, setToday] = useState<CivilDate>('');
  const { data, refusal, loading, retry } = useAnswer(`${status} ${after}`, (signal) =>
    readProposals({ status, after }, signal),
  );
  useEffect(() => {
    if (data === null) return;
    setToday(data.today.asOf);
    setFound((earlier) => [...earlier, ...data.proposals.nodes]);
  }, [data]);
  const units = new Map(found.flatMap(({ concerns }) => concerns.map((unit) => [unit.id, unit])));
  const more = data?.proposals.pageInfo.hasNextPage === true;
  const count = data?.proposals.totalCount ?? 0;
  return (
    <div class="results proposals" aria-busy={loading}>
      {refusal !== null && <Refused {...{ refusal, retry, openSignIn }} />}
      <p class="foot" role="status">
        {data === null
          ? loading && words.loading
          : count === 0
            ? words.proposals.empty
            : words.proposals.count(count)}
      </p>
      {found.map((proposal) => (
        <ProposalCard
          key={proposal.id}
          {...{ proposal, units, today, reader }}
          onDecided={(decision) => onDecided(decision, proposal)}
        />
      ))}
      {more && !loading && (
        <button type="button" onClick={() => setAfter(data.proposals.pageInfo.endCursor)}>
          {words.proposals.more}
        </button>
      )}
    </div>
  );
}

function Desk({ who, openSignIn }: { who: SignedIn | null; openSignIn: () => void }) {
  const words = useWords().proposals;
  const language = useLanguage();
  const [status, setStatus] = useState<Status | null>('PENDING');
  const [decided, setDecided] = useState(0);
  const [said, setSaid] = useState('');
  const told = useRef<HTMLParagraphElement>(null);
  // What was decided has left the list; the keyboard goes on from where that is said.
  useEffect(() => {
    if (decided > 0) told.current?.focus();
  }, [decided]);
  const heard = (decision: Decision, proposal: Proposal) => {
    setSaid(words.done[decision](titleOf(proposal, language)));
    setDecided(decided + 1);
  };
  return (
    <>
      <div class="controls alone">
        <StatusField value={status} onChange={setStatus} />
      </div>
      <p ref={told} class={said === '' ? 'unseen' : 'done-said'} role="status" tabIndex={-1}>
        {said}
      </p>
      <List
        key={`${status} ${decided}`}
        {...{ status, openSignIn }}
        reader={who?.name ?? null}
        onDecided={heard}
      />
    </>
  );
}

interface ProposalsProps {
  signedIn: boolean;
  who: SignedIn | null;
  openSignIn: () => void;
}

export function ProposalsView({ signedIn, who, openSignIn }: ProposalsProps) {
  const words = useWords().proposals;
  return (
    <Gated needed={words.needed} {...{ words, signedIn, openSignIn }}>
      <Desk {...{ who, openSignIn }} />
    </Gated>
  );
}
