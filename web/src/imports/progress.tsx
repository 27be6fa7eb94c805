import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../words/language';
import type { Stage, Work } from './work';

/** What is shown beside the button that tries a file; all else, beside what came of the trial. */
export const TRIAL: ReadonlySet<Stage> = new Set<Stage>(['trial']);
export const AFTERWARDS: ReadonlySet<Stage> = new Set<Stage>([
  'recording',
  'annotating',
  'weighing',
  'reversing',
]);

interface ProgressProps {
  work: Work;
  /** The stages that are shown here. */
  of: ReadonlySet<Stage>;
}

/** How far it is: what share was sent, then how long the registry has been at it. */
export function Progress({ work, of }: ProgressProps) {
  const { sent, began } = work;
  const stage = work.stage !== null && of.has(work.stage) ? work.stage : null;
  const words = useWords().imports;
  const [, setNow] = useState(0);
  useEffect(() => {
    if (stage === null) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [stage]);
  const sending = sent !== null && sent < 1;
  return (
    <div class="progress">
      {/* Said once a stage; the seconds that pass are for the eye alone. */}
      <p role="status">{stage === null ? '' : words.stages[stage]}</p>
      {stage !== null && (
        <>
          <progress aria-label={words.stages[stage]} {...(sending ? { value: sent } : {})} />
          <p class="aside" aria-hidden="true">
            {sending
              ? words.sending(Math.floor(sent * 100))
              : words.seconds(Math.floor((Date.now() - began) / 1000))}
          </p>
        </>
      )}
    </div>
  );
}
