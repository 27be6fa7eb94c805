/** What was believed of an entity about today, belief after belief: what was known, and since when. */
import { useAnswer } from '../registry/answer';
import { readBeliefs } from '../registry/operations';
import { Problem } from '../shell/problem';
import { writeMoment } from '../words/dates';
import { useWords } from '../words/language';
import { ChangeTable } from './beliefs';

/** Beliefs shown; the API allows 1 to 100. */
const BELIEFS = 50;

export function Knowledge({ id, name }: { id: string; name: string }) {
  const words = useWords();
  const question = { id, first: BELIEFS, after: null, asOf: null };
  const { data, refusal, loading, retry } = useAnswer(`knowledge ${id}`, (signal) =>
    readBeliefs(question, signal),
  );
  const beliefs = data?.filter(({ changed }) => changed.length > 0) ?? [];
  return (
    <section class="knowledge" aria-labelledby="knowledge" aria-busy={loading}>
      <h2 id="knowledge">
        {words.audit.knowledge} <span lang="zh-CN">{name}</span>
      </h2>
      {refusal !== null && <Problem refusal={refusal} retry={retry} />}
      {loading && <p role="status">{words.loading}</p>}
      {data !== null && beliefs.length === 0 && <p>{words.audit.nothingKnown}</p>}
      {beliefs.map(({ recordedAt, changed }) => (
        <details key={recordedAt} open={beliefs.length === 1}>
          <summary>
            <time class="moment" datetime={recordedAt}>
              {writeMoment(recordedAt)}
            </time>{' '}
            {words.audit.changes(changed.length)}
          </summary>
          <ChangeTable changes={changed} />
        </details>
      ))}
    </section>
  );
}
