/** Every belief about a unit (沿革): what held when, and when the registry came to know it. */
import type { Version } from '../registry/answers';
import { writeMoment, writeSpan } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { statusTerm } from '../words/terms';

function VersionRow({ version }: { version: Version }) {
  const words = useWords();
  const language = useLanguage();
  const { recordedFrom, recordedTo } = version;
  return (
    <tr class={recordedTo === null ? '' : 'superseded'}>
      <td data-label={words.unit.name} lang="zh-CN">
        {recordedTo === null ? version.name : <s>{version.name}</s>}
      </td>
      <td data-label={words.unit.status}>{statusTerm(version.status, language)}</td>
      <td data-label={words.unit.during}>{writeSpan(version.validFrom, version.validTo, words)}</td>
      <td data-label={words.unit.recorded}>
        {writeMoment(recordedFrom)}
        {recordedTo !== null && (
          <span class="correction">{words.unit.correctedAt(writeMoment(recordedTo))}</span>
        )}
      </td>
    </tr>
  );
}

export function HistoryTable({ history }: { history: Version[] }) {
  const words = useWords().unit;
  return (
    <>
      <table class="stacking">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.status}</th>
            <th scope="col">{words.during}</th>
            <th scope="col">{words.recorded}</th>
          </tr>
        </thead>
        <tbody>
          {history.map((version) => (
            <VersionRow
              key={`${version.recordedFrom} ${version.validFrom} ${version.name}`}
              version={version}
            />
          ))}
        </tbody>
      </table>
      {history.some(({ recordedTo }) => recordedTo !== null) && (
        <p class="aside">{words.historyNote}</p>
      )}
    </>
  );
}
