/** The button that fetches a report's spreadsheet as whoever is signed in, and hands it to the browser. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { refusalIn } from '../registry/answer';
import { fetchFile, type Refusal } from '../registry/request';
import { handOver } from '../shell/hand-over';
import { Refused } from '../shell/refused';
import { useWords } from '../words/language';
import { type Asked, spreadsheetAddress } from './ask';
import type { Report } from './declare';

interface DownloadProps {
  report: Report;
  asked: Asked;
  openSignIn: () => void;
}

export function Download({ report, asked, openSignIn }: DownloadProps) {
  const words = useWords().reports;
  const [fetching, setFetching] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const download = async () => {
    const { signal } = (controller.current = new AbortController());
    setFetching(true);
    setRefusal(null);
    try {
      handOver(await fetchFile(spreadsheetAddress(report, asked), `${report.name}.xlsx`, signal));
    } catch (error) {
      if (!signal.aborted) setRefusal(refusalIn(error));
    }
    if (!signal.aborted) setFetching(false);
  };
  return (
    <>
      <button type="button" class="primary download" disabled={fetching} onClick={download}>
        {fetching ? words.downloading : words.download}
      </button>
      {refusal !== null && <Refused {...{ refusal, openSignIn }} retry={download} />}
    </>
  );
}
