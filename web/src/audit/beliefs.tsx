/** What an event changed of what is believed of its subject, about the day on which it took effect. */
import { useAnswer } from '../registry/answer';
import type { AuditEvent, FieldChange } from '../registry/answers';
import { readBeliefs } from '../registry/operations';
import { Problem } from '../shell/problem';
import { useWords } from '../words/language';

/** Instants have microseconds and the browser counts in milliseconds: a belief or two before may come along. */
const BELIEFS = 5;

function justBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString();
}

function writeValue(value: unknown): string {
  if (value === null) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A row that is there or not says by its key what it is. */
function nameOf({ model, key, field }: FieldChange): string {
  const which = Object.values((key ?? {}) as Record<string, unknown>).map(writeValue);
  return [model, ...which, ...(field === 'there' ? [] : [field])].join(' · ');
}

export function ChangeTable({ changes }: { changes: FieldChange[] }) {
  const words = useWords().audit;
  return (
    <table class="stacking beliefs">
      <caption>{words.beliefs}</caption>
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={nameOf(change)}>
            <td data-label={words.field}>
              <code>{nameOf(change)}</code>
            </td>
            <td data-label={words.before} lang="zh-CN">
              {writeValue(change.before)}
            </td>
            <td data-label={words.after} lang="zh-CN">
              {writeValue(change.after)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Asked for when it is opened: few entries of a page are. */
export function Beliefs({ event }: { event: AuditEvent }) {
  const words = useWords();
  const question = {
    id: event.stream,
    first: BELIEFS,
    after: justBefore(event.recordedAt),
    asOf: event.effectiveOn,
  };
  const { data, refusal, loading, retry } = useAnswer(JSON.stringify(question), (signal) =>
    readBeliefs(question, signal),
  );
  const belief = data?.find(({ recordedAt }) => recordedAt === event.recordedAt);
  if (refusal !== null) return <Problem refusal={refusal} retry={retry} />;
  if (loading || data === null) return <p role="status">{words.loading}</p>;
  if (belief === undefined || belief.changed.length === 0) return <p>{words.audit.noChange}</p>;
  return <ChangeTable changes={belief.changed} />;
}
