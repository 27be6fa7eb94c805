/** What is wrong with a file, cell by cell, in the language of the page (导入错误). */
import { useMemo, useState } from 'preact/hooks';
import { useLanguage, useWords } from '../words/language';
import { CHINESE } from '../words/chinese';
import type { Fault } from './send';

const AT_A_TIME = 100;

/** Sheets of CSV and JSON lines are called by their kind; that has a name in the reader's language. */
function useSheetName(): (sheet: string) => string {
  const registers: Record<string, string> = useWords().exports.registers;
  const chinese = Object.entries(CHINESE.exports.registers);
  return (sheet) => {
    const kind = chinese.find(([name, term]) => sheet === name || sheet === term)?.[0];
    return (kind === undefined ? undefined : registers[kind]) ?? sheet;
  };
}

function countBySheet(faults: readonly Fault[]): [sheet: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { sheet } of faults) counts.set(sheet, (counts.get(sheet) ?? 0) + 1);
  return [...counts];
}

/** As one reads a sheet: row by row, and in a row from left to right. */
function inReadingOrder(faults: readonly Fault[]): Fault[] {
  const sheets = [...new Set(faults.map(({ sheet }) => sheet))];
  const letters = ({ column }: Fault) => (column ?? '').padStart(3);
  return [...faults].sort(
    (one, other) =>
      sheets.indexOf(one.sheet) - sheets.indexOf(other.sheet) ||
      one.row - other.row ||
      (letters(one) < letters(other) ? -1 : Number(letters(one) > letters(other))),
  );
}

function FaultRow({ fault, sheet }: { fault: Fault; sheet: string }) {
  const words = useWords().imports;
  const english = useLanguage() === 'en';
  return (
    <tr>
      <td data-label={words.columns.place}>
        {sheet} {words.row(fault.row)}
      </td>
      <td data-label={words.columns.column}>
        {fault.column === null ? words.wholeRow : <code>{fault.cell}</code>}
      </td>
      <td data-label={words.columns.problem}>
        <span>
          {english ? fault.message : fault.messageZh} <code class="aside">{fault.code}</code>
        </span>
      </td>
      <td data-label={words.columns.advice}>{english ? fault.advice : fault.adviceZh}</td>
    </tr>
  );
}

export function Faults({ faults, cutShort }: { faults: readonly Fault[]; cutShort: boolean }) {
  const words = useWords().imports;
  const sheetName = useSheetName();
  const [shown, setShown] = useState(AT_A_TIME);
  const sorted = useMemo(() => inReadingOrder(faults), [faults]);
  if (faults.length === 0) return null;
  const { place, column, problem, advice } = words.columns;
  return (
    <section class="faults">
      <h3>
        {words.errors(faults.length)}{' '}
        <span class="count">
          {countBySheet(faults)
            .map(([sheet, count]) => words.inSheet(sheetName(sheet), count))
            .join(' · ')}
        </span>
      </h3>
      {cutShort && <p>{words.cutShort}</p>}
      <table class="stacking">
        <thead>
          <tr>
            {[place, column, problem, advice].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map((fault, index) => (
            <FaultRow key={index} fault={fault} sheet={sheetName(fault.sheet)} />
          ))}
        </tbody>
      </table>
      {faults.length > shown && (
        <button type="button" onClick={() => setShown(shown + AT_A_TIME)}>
          {words.moreErrors}
        </button>
      )}
    </section>
  );
}
