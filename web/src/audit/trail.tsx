import { useEffect, useState } from 'preact/hooks';
import type { AuditEvent } from '../registry/answers';
import { useAnswer } from '../registry/answer';
import { readAudit } from '../registry/operations';
import { Link } from '../shell/link';
import { Problem } from '../shell/problem';
import { writeMoment } from '../words/dates';
import { useWords } from '../words/language';

/** Entries asked for at a time; the API allows 1 to 100. */
const PAGE_LENGTH = 50;

function EventDetails({ event }: { event: AuditEvent }) {
  const words = useWords().audit;
  return (
    <details>
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
      </dl>
      <pre aria-label={words.data}>{JSON.stringify(event.data, null, 2)}</pre>
      <Link
        change={{ view: 'chart', asOf: event.effectiveOn, knownAt: event.recordedAt, unit: null }}
      >
        {words.asThen}
      </Link>
    </details>
  );
}

function EventRow({ event }: { event: AuditEvent }) {
  const words = useWords().audit;
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
        <code>{event.topic}</code>
      </td>
      <td data-label={words.actor}>{event.actor ?? '—'}</td>
      <td class="id" data-label={words.stream}>
        {event.stream}
      </td>
      <td class="wide-cell">
        <EventDetails event={event} />
      </td>
    </tr>
  );
}

function EventTable({ events }: { events: AuditEvent[] }) {
  const words = useWords().audit;
  const columns = [
    words.position,
    words.recordedAt,
    words.effectiveOn,
    words.topic,
    words.actor,
    words.stream,
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
          <EventRow key={event.position} event={event} />
        ))}
      </tbody>
    </table>
  );
}

/** Entries read so far; each press of "more" asks for the page after the last cursor. */
export function Trail({ openSignIn }: { openSignIn: () => void }) {
  const words = useWords();
  const [after, setAfter] = useState<string | null>(null);
  const [events, setEvents] = useState<AuditEvent[]>([]);
  const { data, refusal, loading, retry } = useAnswer(`audit ${after}`, (signal) =>
    readAudit({ first: PAGE_LENGTH, after }, signal),
  );
  useEffect(() => {
    if (data !== null) setEvents((earlier) => [...earlier, ...data.edges.map(({ node }) => node)]);
  }, [data]);
  const more = data?.pageInfo.hasNextPage === true;
  return (
    <div class="results" aria-busy={loading}>
      {events.length > 0 && <EventTable events={events} />}
      {refusal !== null && (
        <Problem refusal={refusal} retry={retry}>
          <button type="button" class="primary" onClick={openSignIn}>
            {words.signIn.open}
          </button>
        </Problem>
      )}
      <p class="foot" role="status">
        {loading && words.loading}
        {!loading && data !== null && !more && (events.length ? words.audit.end : words.audit.empty)}
      </p>
      {more && !loading && (
        <button type="button" onClick={() => setAfter(data.pageInfo.endCursor)}>
          {words.audit.more}
        </button>
      )}
    </div>
  );
}
