/** The decision on a proposal (审批): approve what was previewed, send it back saying why, or withdraw one's own. */
import { useId, useRef, useState } from 'preact/hooks';
import { refusalIn, useAnswer } from '../registry/answer';
import type { CivilDate, UnitName } from '../registry/answers';
import {
  decide,
  type Decision,
  newId,
  type Preview,
  type Proposal,
  readPreview,
} from '../registry/proposals';
import type { Refusal } from '../registry/request';
import { Problem } from '../shell/problem';
import { useWords } from '../words/language';
import { Consequences } from './consequences';

interface DecideProps {
  proposal: Proposal;
  units: ReadonlyMap<string, UnitName>;
  /** The registry's today. */
  today: CivilDate;
  /** The id of the reader, where the page knows it. */
  reader: string | null;
  onDecided: (decision: Decision) => void;
}

interface Sending {
  busy: boolean;
  refusal: Refusal | null;
  send: (decision: Decision, said: { reason?: string; preview?: string }) => void;
}

/** Sends decisions; one that got no answer is sent again under its id, so that it is carried out once. */
function useSending({ proposal, today, onDecided }: DecideProps): Sending {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const ids = useRef<Partial<Record<Decision, string>>>({});
  const send = async (decision: Decision, said: { reason?: string; preview?: string }) => {
    const commandId = (ids.current[decision] ??= newId());
    const input = { commandId, effectiveOn: today, proposal: proposal.id, ...said };
    setBusy(true);
    setRefusal(null);
    try {
      const refused = await decide(decision, input);
      delete ids.current[decision];
      if (refused === null) onDecided(decision);
      else setRefusal(refused);
    } catch (error) {
      setRefusal(refusalIn(error));
    }
    setBusy(false);
  };
  return { busy, refusal, send };
}

interface TextProps {
  label: string;
  required: boolean;
  value: string;
  onChange: (text: string) => void;
}

function ReasonField({ label, required, value, onChange }: TextProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={1000}
        required={required}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </div>
  );
}

function Verdict({ preview, sending }: { preview: Preview; sending: Sending }) {
  const words = useWords().proposals;
  const [remark, setRemark] = useState('');
  const [why, setWhy] = useState('');
  const { busy, send } = sending;
  const { digest, refusal } = preview;
  const approve = (event: Event) => {
    event.preventDefault();
    const reason = remark.trim();
    send('approve', {
      ...(digest === null ? {} : { preview: digest }),
      ...(reason === '' ? {} : { reason }),
    });
  };
  const reject = (event: Event) => {
    event.preventDefault();
    if (why.trim() !== '') send('reject', { reason: why.trim() });
  };
  return (
    <div class="verdicts">
      {refusal === null && (
        <form onSubmit={approve}>
          <ReasonField
            label={words.approveReason}
            required={false}
            value={remark}
            onChange={setRemark}
          />
          <button type="submit" class="primary approve" disabled={busy}>
            {words.approve}
          </button>
        </form>
      )}
      <form onSubmit={reject}>
        <ReasonField label={words.rejectReason} required value={why} onChange={setWhy} />
        <button type="submit" class="reject" disabled={busy}>
          {words.reject}
        </button>
      </form>
    </div>
  );
}

/** The one who proposed it may take it back; who that is, the page knows of those with an account alone. */
function Withdrawal({ text, sending }: { text: string; sending: Sending | null }) {
  const words = useWords().proposals;
  return (
    <div class="withdrawal">
      <p>{text}</p>
      {sending !== null && (
        <button
          type="button"
          class="withdraw"
          disabled={sending.busy}
          onClick={() => sending.send('withdraw', {})}
        >
          {words.withdraw}
        </button>
      )}
    </div>
  );
}

export function Decide(props: DecideProps) {
  const words = useWords();
  const { proposal, units, reader } = props;
  const sending = useSending(props);
  const { data, refusal, loading, retry } = useAnswer(proposal.id, (signal) =>
    readPreview(proposal.id, signal),
  );
  const barred = refusal?.code === 'FORBIDDEN';
  const own = data?.refusal?.code === 'OWN_PROPOSAL';
  const others = reader !== null && reader !== proposal.submitter;
  return (
    <div class="decide" aria-busy={loading}>
      {loading && data === null && <p role="status">{words.loading}</p>}
      {refusal !== null && !barred && <Problem refusal={refusal} retry={retry} />}
      {barred && (
        <Withdrawal
          text={others ? words.proposals.notOwn : words.proposals.notYours}
          sending={others ? null : sending}
        />
      )}
      {own && <Withdrawal text={words.proposals.own} sending={sending} />}
      {data !== null && !own && (
        <>
          <Consequences preview={data} units={units} />
          <Verdict preview={data} sending={sending} />
        </>
      )}
      {sending.busy && <p role="status">{words.proposals.sending}</p>}
      {sending.refusal !== null && <Problem refusal={sending.refusal} retry={retry} />}
    </div>
  );
}
