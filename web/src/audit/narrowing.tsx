/** The trail narrowed to one thing: an entity, what stands under it, or what one document decided. */
import type { AuditEvent, AuditFilter } from '../registry/answers';
import { useWords } from '../words/language';

export interface Narrowing {
  kind: 'entity' | 'under' | 'instrument';
  id: string;
  name: string;
}

export function narrowed(filter: AuditFilter, narrowing: Narrowing | null): AuditFilter {
  if (narrowing === null) return filter;
  const { kind, id } = narrowing;
  return { ...filter, [kind]: kind === 'under' ? { hierarchy: 'PART_OF', id } : id };
}

/** What an entry can be the beginning of: its subject, all below that, what else its document decided. */
function narrowingsOf({ stream, subject, instrument }: AuditEvent): Narrowing[] {
  const name = subject?.name ?? stream;
  return [
    { kind: 'entity', id: stream, name },
    ...(subject?.name === undefined ? [] : [{ kind: 'under', id: stream, name } as const]),
    ...(instrument === null
      ? []
      : [{ kind: 'instrument', id: instrument.id, name: instrument.title } as const]),
  ];
}

interface ChoicesProps {
  event: AuditEvent;
  onNarrow: (narrowing: Narrowing) => void;
}

export function NarrowingChoices({ event, onNarrow }: ChoicesProps) {
  const words = useWords().audit;
  return (
    <p class="narrowings">
      {narrowingsOf(event).map((narrowing) => (
        <button key={narrowing.kind} type="button" onClick={() => onNarrow(narrowing)}>
          {words.narrow[narrowing.kind]}
        </button>
      ))}
    </p>
  );
}

interface NarrowedProps {
  narrowing: Narrowing;
  onClear: () => void;
}

export function Narrowed({ narrowing, onClear }: NarrowedProps) {
  const words = useWords().audit;
  return (
    <p class="narrowings" role="status">
      <span>{words.narrowed[narrowing.kind]}</span> <strong lang="zh-CN">{narrowing.name}</strong>{' '}
      <button type="button" onClick={onClear}>
        {words.widen}
      </button>
    </p>
  );
}
