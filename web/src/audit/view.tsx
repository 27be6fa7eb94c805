/** The audit trail (审计记录): for those whose token lets them read the log. */
import { useState } from 'preact/hooks';
import type { AuditFilter } from '../registry/answers';
import { Gated } from '../shell/gate';
import { useWords } from '../words/language';
import { FilterForm } from './filter';
import { Knowledge } from './knowledge';
import { Narrowed, narrowed, type Narrowing } from './narrowing';
import { Trail } from './trail';

interface AuditProps {
  signedIn: boolean;
  openSignIn: () => void;
}

export function AuditView({ signedIn, openSignIn }: AuditProps) {
  const words = useWords();
  const [filter, setFilter] = useState<AuditFilter>({});
  const [narrowing, setNarrowing] = useState<Narrowing | null>(null);
  const asked = narrowed(filter, narrowing);
  return (
    <Gated words={words.audit} needed={words.signIn.needed} {...{ signedIn, openSignIn }}>
      <FilterForm onFilter={setFilter} />
      {narrowing !== null && <Narrowed narrowing={narrowing} onClear={() => setNarrowing(null)} />}
      {narrowing?.kind === 'entity' && (
        <Knowledge key={narrowing.id} id={narrowing.id} name={narrowing.name} />
      )}
      <Trail
        key={JSON.stringify(asked)}
        filter={asked}
        onNarrow={setNarrowing}
        openSignIn={openSignIn}
      />
    </Gated>
  );
}
