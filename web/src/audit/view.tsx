/** The audit trail (审计记录): for those whose token lets them read the log. */
import { useState } from 'preact/hooks';
import type { AuditFilter } from '../registry/answers';
import { useWords } from '../words/language';
import { FilterForm } from './filter';
import { Trail } from './trail';

interface AuditProps {
  signedIn: boolean;
  openSignIn: () => void;
}

export function AuditView({ signedIn, openSignIn }: AuditProps) {
  const words = useWords();
  const [filter, setFilter] = useState<AuditFilter>({});
  return (
    <>
      <h1 class="heading">{words.audit.heading}</h1>
      <p class="caption">
        <span>{words.audit.explain}</span>
      </p>
      {signedIn ? (
        <>
          <FilterForm onFilter={setFilter} />
          <Trail key={JSON.stringify(filter)} filter={filter} openSignIn={openSignIn} />
        </>
      ) : (
        <div class="gate">
          <p>{words.signIn.needed}</p>
          <button type="button" class="primary" onClick={openSignIn}>
            {words.signIn.open}
          </button>
        </div>
      )}
    </>
  );
}
