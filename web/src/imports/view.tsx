/** Taking in a file (导入): the template, a trial run, its report, and only then recording it. */
import { useEffect, useRef } from 'preact/hooks';
import { useAnswer } from '../registry/answer';
import type { Refusal } from '../registry/request';
import { Gated } from '../shell/gate';
import { handOver } from '../shell/hand-over';
import { Refused } from '../shell/refused';
import { useWords } from '../words/language';
import { FileForm } from './form';
import { Progress, TRIAL } from './progress';
import { ReportView } from './report';
import { fetchTemplate } from './send';
import type { ImportWork } from './work';

/** What the registry refused, in words that say what a clerk can do about it. */
function useWorded(refusal: Refusal | null, lost: boolean): Refusal | null {
  const words = useWords().imports;
  if (refusal === null) return null;
  const said = (message: string, advice: string): Refusal => ({
    ...refusal,
    message,
    messageZh: message,
    advice,
    adviceZh: advice,
  });
  if (lost) return said(words.lost, words.lostAdvice);
  if (refusal.code === 'FORBIDDEN') return said(words.forbidden, words.forbiddenAdvice);
  return refusal;
}

interface DeskProps {
  work: ImportWork;
  openSignIn: () => void;
}

function Desk({ work: doing, openSignIn }: DeskProps) {
  const words = useWords().imports;
  const { work } = doing;
  // Whoever may have the template may import: what is to be done is not offered to others.
  const template = useAnswer('template', (signal) => fetchTemplate(words.templateName, signal));
  const barred = useWorded(template.refusal, false);
  const refusal = useWorded(work.refusal, work.lost);
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (work.refusal !== null) told.current?.scrollIntoView({ block: 'nearest' });
  }, [work.refusal]);
  if (barred !== null)
    return <Refused refusal={barred} retry={template.retry} {...{ openSignIn }} />;
  return (
    <div class="import" aria-busy={template.loading}>
      <section>
        <h2>{words.template}</h2>
        <p>{words.templateText}</p>
        <button
          type="button"
          class="template"
          disabled={template.data === null}
          onClick={() => template.data && handOver({ ...template.data, name: words.templateName })}
        >
          {words.download}
        </button>
      </section>
      <section>
        <h2>{words.choose}</h2>
        <FileForm busy={work.stage !== null} onTry={doing.attempt} onChange={doing.forget}>
          <Progress work={work} of={TRIAL} />
        </FileForm>
      </section>
      <div ref={told}>
        {refusal !== null && <Refused refusal={refusal} retry={doing.retry} {...{ openSignIn }} />}
      </div>
      {work.report !== null && <ReportView report={work.report} doing={doing} />}
    </div>
  );
}

interface ImportProps extends DeskProps {
  signedIn: boolean;
}

export function ImportView({ signedIn, openSignIn, work }: ImportProps) {
  const words = useWords().imports;
  return (
    <Gated needed={words.needed} {...{ words, signedIn, openSignIn }}>
      <Desk {...{ work, openSignIn }} />
    </Gated>
  );
}
