/** A question in flight, as a component sees it. */
import { useEffect, useState } from 'preact/hooks';
import { RegistryError, type Refusal } from './request';

export interface Answer<T> {
  /** The last good answer; kept while the next one loads, so that nothing jumps. */
  data: T | null;
  refusal: Refusal | null;
  loading: boolean;
  retry: () => void;
}

/** The refusal that an error stands for; any other error is a defect of this page. */
export function refusalIn(error: unknown): Refusal {
  if (error instanceof RegistryError) return error.refusal;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'PAGE_DEFECT', message, messageZh: message, advice: null, adviceZh: null };
}

/** Asks anew whenever `key` changes; a null key asks nothing. Late answers are dropped. */
export function useAnswer<T>(
  key: string | null,
  question: (signal: AbortSignal) => Promise<T>,
): Answer<T> {
  const [attempt, setAttempt] = useState(0);
  const [data, setData] = useState<T | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [answered, setAnswered] = useState<string | null>(null);
  const wanted = key === null ? null : `${attempt} ${key}`;
  useEffect(() => {
    if (wanted === null) return;
    const controller = new AbortController();
    const settle = (found: T | null, problem: Refusal | null) => {
      if (controller.signal.aborted) return;
      setData(found);
      setRefusal(problem);
      setAnswered(wanted);
    };
    question(controller.signal).then(
      (found) => settle(found, null),
      (error: unknown) => settle(null, refusalIn(error)),
    );
    return () => controller.abort();
    // The key names the question completely, so the closure itself is no dependency.
  }, [wanted]);
  const retry = () => setAttempt((count) => count + 1);
  return { data, refusal, loading: wanted !== null && answered !== wanted, retry };
}
