/** An import under way (导入): it goes on while its clerk looks at another view, and is forgotten with the session. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { refusalIn } from '../registry/answer';
import type { Refusal } from '../registry/request';
import { handOver } from '../shell/hand-over';
import {
  annotatedCopy,
  type Chosen,
  kept,
  recordFile,
  type Report,
  reverse,
  tryFile,
} from './send';

export type Stage = 'trial' | 'recording' | 'annotating' | 'weighing' | 'reversing';

export interface Work {
  stage: Stage | null;
  /** Which share of the file has been sent; null where none is. */
  sent: number | null;
  /** When the stage began, by the clock of this machine. */
  began: number;
  chosen: Chosen | null;
  report: Report | null;
  /** What taking the import back would come to, once that was tried. */
  reversal: Report | null;
  refusal: Refusal | null;
  /** Whether it is unknown what became of a file that was to be recorded. */
  lost: boolean;
}

const IDLE: Work = {
  stage: null,
  sent: null,
  began: 0,
  chosen: null,
  report: null,
  reversal: null,
  refusal: null,
  lost: false,
};

export interface ImportWork {
  work: Work;
  attempt: (chosen: Chosen) => void;
  record: () => void;
  annotate: (name: string) => void;
  weigh: () => void;
  takeBack: () => void;
  keep: () => void;
  /** What was tried is no longer what is asked for. */
  forget: () => void;
  /** Does once more what was refused or found no answer. */
  retry: () => void;
}

const LASTING = new Set<Stage | null>(['recording', 'reversing']);

/** Whoever leaves the page while something is recorded is asked whether they mean it. */
function useWarning(stage: Stage | null): void {
  useEffect(() => {
    if (!LASTING.has(stage)) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [stage]);
}

export function useImportWork(session: number): ImportWork {
  const [work, setWork] = useState<Work>(IDLE);
  const turn = useRef(0);
  const latest = useRef<() => void>(() => undefined);
  useEffect(() => {
    turn.current += 1;
    setWork(IDLE);
  }, [session]);
  useWarning(work.stage);

  /** Runs a stage; what it comes to counts unless something else began meanwhile. */
  const run = (stage: Stage, task: (onSent: (share: number) => void) => Promise<Partial<Work>>) => {
    const mine = (turn.current += 1);
    latest.current = () => run(stage, task);
    const change = (next: Partial<Work>) => {
      if (turn.current === mine) setWork((now) => ({ ...now, ...next }));
    };
    change({ stage, sent: null, began: Date.now(), refusal: null, lost: false });
    task((share) => change({ sent: share })).then(
      (next) => change({ ...next, stage: null }),
      (error: unknown) => {
        const refusal = refusalIn(error);
        const lost = LASTING.has(stage) && refusal.code === 'UNREACHABLE';
        change({ stage: null, refusal, lost });
      },
    );
  };
  const { chosen, report } = work;
  const never = new AbortController().signal;
  const attempt = (given: Chosen) => {
    setWork({ ...IDLE, chosen: given });
    run('trial', async (onSent) => {
      const mine = { ...given, file: await kept(given.file) };
      return { chosen: mine, report: await tryFile(mine, onSent) };
    });
  };
  return {
    work,
    attempt,
    record: () => {
      if (chosen === null) return;
      run('recording', async (onSent) => ({ report: await recordFile(chosen, onSent) }));
    },
    annotate: (name) => {
      if (chosen === null) return;
      run('annotating', async (onSent) => {
        handOver({ name, content: await annotatedCopy(chosen, onSent) });
        return {};
      });
    },
    weigh: () => {
      if (report === null) return;
      run('weighing', async () => ({ reversal: await reverse(report.importId, true, never) }));
    },
    takeBack: () => {
      if (report === null) return;
      run('reversing', async () => {
        return { report: await reverse(report.importId, false, never), reversal: null };
      });
    },
    keep: () => setWork((now) => ({ ...now, reversal: null })),
    retry: () => {
      // Whether it was recorded is not known: trying it says, and changes nothing.
      if (work.lost && chosen !== null) attempt(chosen);
      else latest.current();
    },
    forget: () => setWork((now) => (now.stage === null ? IDLE : now)),
  };
}
