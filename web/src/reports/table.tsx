/** The rows of a report on the page, in the columns of its spreadsheet. */
import type { CellValue, CivilDate, ReportRow } from '../registry/answers';
import { UnitLink } from '../shell/unit-name';
import type { Words } from '../words/chinese';
import { type Language, useLanguage, useWords } from '../words/language';
import { REPORT_TERMS } from '../words/report-terms';
import { writeShare } from '../words/shares';
import type { Column, Table } from './declare';

/** In which of the two languages a head or title is shown. */
export const inLanguage = ([chinese, english]: readonly [string, string], language: Language) =>
  language === 'en' ? english : chinese;

function writeCell(value: CellValue, column: Column, words: Words, language: Language): string {
  if (value === null) return '';
  if (Array.isArray(value)) {
    const each = value.map((item) =>
      item === null ? words.rules.nameless : writeCell(item, column, words, language),
    );
    return each.join(language === 'en' ? ', ' : '、');
  }
  if (typeof value === 'boolean') return value ? words.reports.yes : words.reports.no;
  if (typeof value === 'number') return String(value);
  if (column.terms !== undefined) return REPORT_TERMS[column.terms](value, language);
  return column.fraction === true ? writeShare(value, words) : value;
}

/** Days, codes and numbers are not broken over lines. */
const WHOLE = /^[\x21-\x7e]{1,20}$/;

function classOf(text: string, column: Column): string {
  if (column.number === true) return 'number';
  return WHOLE.test(text) ? 'whole' : '';
}

interface CellProps {
  table: Table;
  row: ReportRow;
  column: Column;
  asOf: CivilDate | undefined;
}

function Cell({ table, row, column, asOf }: CellProps) {
  const words = useWords();
  const language = useLanguage();
  const text = writeCell(row[column.key] as CellValue, column, words, language);
  const unit = table.unit?.column === column.key ? row[table.unit.row] : null;
  return (
    <td
      data-label={inLanguage(column.head, language)}
      class={classOf(text, column)}
      {...(column.terms === undefined ? { lang: 'zh-CN' } : {})}
    >
      {typeof unit === 'object' && unit !== null && 'id' in unit ? (
        <UnitLink unit={{ id: unit.id, name: text }} {...(asOf === undefined ? {} : { asOf })} />
      ) : (
        text
      )}
    </td>
  );
}

interface TableProps {
  table: Table;
  rows: ReportRow[];
  /** Whether columns for staff were asked for. */
  staff: boolean;
  asOf: CivilDate | undefined;
}

export function ReportTable({ table, rows, staff, asOf }: TableProps) {
  const words = useWords().reports;
  const language = useLanguage();
  const title = inLanguage(table.title, language);
  const columns = table.columns.filter((column) => staff || column.staff !== true);
  return (
    <section class="report" data-table={table.field}>
      <h3>
        {title} <span class="count">{words.rows(rows.length)}</span>
      </h3>
      {rows.length === 0 ? (
        <p class="aside">{words.none}</p>
      ) : (
        // A table that is wider than the page is scrolled by itself, by keyboard as well.
        <div class="scrolling" role="region" aria-label={title} tabIndex={0}>
          <table class="stacking">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.key} scope="col" class={column.number === true ? 'number' : ''}>
                    {inLanguage(column.head, language)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  {columns.map((column) => (
                    <Cell key={column.key} {...{ table, row, column, asOf }} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
