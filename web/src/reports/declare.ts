/** How a report is declared (报表声明). */
import type { ReportTerms } from '../words/report-terms';

type Both = readonly [chinese: string, english: string];

interface Form {
  /** The terms of an enumeration. */
  terms?: ReportTerms;
  /** Only staff see it, and only staff ask for it. */
  staff?: boolean;
  /** An exact fraction, shown with its percentage. */
  fraction?: boolean;
  number?: boolean;
}

export interface Column extends Form {
  key: string;
  head: Both;
}

export interface Table {
  field: string;
  title: Both;
  /** Where a row holds the unit that it is about (null if gone), and the column that links to it. */
  unit?: { row: string; column: string };
  columns: readonly Column[];
}

export interface Report {
  /** As the API and the address of its spreadsheet name it. */
  name: string;
  title: Both;
  operation: string;
  document: string;
  /** It compares two days instead of showing one. */
  between?: boolean;
  /** Only staff may ask for it. */
  staff?: boolean;
  /** Some columns are for staff: its document has `$staff`. */
  columnsForStaff?: boolean;
  tables: readonly Table[];
}

/** A column whose values stand under `key` in each row. */
export function column(key: string, chinese: string, english: string, form: Form = {}): Column {
  return { key, head: [chinese, english], ...form };
}
