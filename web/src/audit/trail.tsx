import { useEffect, useState } from 'preact/hooks';
import { useAnswer } from '../registry/answer';
import type { AuditEvent, AuditFilter } from '../registry/answers';
import { readAudit } from '../registry/operations';
import { Link } from '../shell/link';
import { ChineseText } from '../shell/unit-name';
import { Problem } from '../shell/problem';
import { writeMoment } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { topicTerm } from '../words/topics';
import { Beliefs } from './beliefs';
import { NarrowingChoices, type Narrowing } from './narrowing';

/** Entries asked for at a time; the API allows 1 to 100. */
const PAGE_LENGTH = 50;

/** Why it was recorded, where that is given and not sealed. */
function reasonOf(data: unknown): string | null {
  const reason = (data as { reason?: unknown } | null)?.reason;
  return typeof reason === 'string' ? reason : null;
}

interface EntryProps {
  event: AuditEvent;
  onNarrow: (narrowing: Narrowing) => void;
}

function EventDetails({ event, onNarrow }: EntryProps) {
  const words = useWords().audit;
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>{words.details}</summary>
      <dl class="facts">
        <div>
          <dt>{words.commandId}</dt>
          <dd class="id">{event.commandId ?? '—'}</dd>
        </div>
        <div>
          <dt>{words.causationId}</dt>
          <dd class="id">{event.causationId ?? '—'}</dd>
        </div>
        <div>
          <dt>{words.nouns.correction}</dt>
          <dd class="id">{event.corrects ?? '—'}</dd>
        </div>
      </dl>
      <NarrowingChoices event={event} onNarrow={onNarrow} />
      {open && <Beliefs event={event} />}
      <pre aria-label={words.data}>{JSON.stringify(event.data, null, 2)}</pre>
      <Link
        change={{ view: 'chart', asOf: event.effectiveOn, knownAt: event.recordedAt, unit: null }}
      >
        {words.asThen}
      </Link>
    </details>
  );
}

/** An organization opens its record; whatever else there is has its id. */
function Subject({ event: { stream, subject, effectiveOn } }: { event: AuditEvent }) {
  if (subject?.name === undefined) return <span class="id">{stream}</span>;
  const change = { view: 'chart', unit: stream, asOf: effectiveOn, knownAt: null } as const;
  return (
    <Link change={change} lang="zh-CN">
      {subject.name}
    </Link>
  );
}

/** What happened, in words, and the topic itself. */
function Topic({ topic }: { topic: string }) {
  const language = useLanguage();
  return (
    <span>
      {topicTerm(topic, language)} <code>{topic}</code>
    </span>
  );
}

function EventRow({ event, onNarrow }: EntryProps) {
  const words = useWords().audit;
  const reason = reasonOf(event.data);
  return (
    <tr>
      <td class="number" data-label={words.position}>
        {event.position}
      </td>
      <td class="moment" data-label={words.recordedAt}>
        {writeMoment(event.recordedAt)}
      </td>
      <td class="moment" data-label={words.effectiveOn}>
        {event.effectiveOn ?? '—'}
      </td>
      <td data-label={words.topic}>
        <Topic topic={event.topic} />
      </td>
      <td data-label={words.actor}>{event.actor ?? '—'}</td>
      <td data-label={words.stream}>
        <Subject event={event} />
      </td>
      <td data-label={words.reason}>
        {reason === null ? '—' : <ChineseText>{reason}</ChineseText>}
      </td>
      <td class="wide-cell">
        <EventDetails event={event} onNarrow={onNarrow} />
      </td>
    </tr>
  );
}

interface TableProps {
  events: AuditEvent[];
  onNarrow: (narrowing: Narrowing) => void;
}

function EventTable({ events, onNarrow }: TableProps) {
  const words = useWords().audit;
  const columns = [
    words.position,
    words.recordedAt,
    words.effectiveOn,
    words.topic,
    words.actor,
    words.stream,
    words.reason,
    words.details,
  ];
  return (
    <table class="stacking trail">
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
        {events.map((event) => (
          <EventRow key={event.position} event={event} onNarrow={onNarrow} />
        ))}
      </tbody>
    </table>
  );
}

interface TrailProps {
  filter: AuditFilter;
  onNarrow: (narrowing: Narrowing) => void;
  openSignIn: () => void;
}

/** Entries read so far; each press of "more" asks for the page after the last cursor. */
export function Trail({ filter, onNarrow, openSignIn }: TrailProps) {
  const words = useWords();
  const [after, setAfter] = useState<string | null>(null);
  const [events, setEvents] = useState<AuditEvent[]>([]);
  const { data, refusal, loading, retry } = useAnswer(`audit ${after}`, (signal) =>
    readAudit({ first: PAGE_LENGTH, after, filter }, signal),
  );
  useEffect(() => {
    if (data !== null) setEvents((earlier) => [...earlier, ...data.edges.map(({ node }) => node)]);
  }, [data]);
  const more = data?.pageInfo.hasNextPage === true;
  return (
    <div class="results" aria-busy={loading}>
      {events.length > 0 && <EventTable events={events} onNarrow={onNarrow} />}
      {refusal !== null && (
        <Problem refusal={refusal} retry={retry}>
          <button type="button" class="primary" onClick={openSignIn}>
            {words.signIn.open}
          </button>
        </Problem>
      )}
      <p class="foot" role="status">
        {loading && words.loading}
        {!loading &&
          data !== null &&
          !more &&
          (events.length ? words.audit.end : words.audit.empty)}
      </p>
      {more && !loading && (
        <button type="button" onClick={() => setAfter(data.pageInfo.endCursor)}>
          {words.audit.more}
        </button>
      )}
    </div>
  );
}
