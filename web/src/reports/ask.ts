/** What a report asks, as a query for the page and as the address of its spreadsheet. */
import type { CivilDate, Moment, ReportAnswer } from '../registry/answers';
import { ask } from '../registry/request';
import type { Report } from './declare';

/** The day, or for a report that compares the days, and the belief. */
export interface Asked {
  asOf: CivilDate | null;
  from: CivilDate | null;
  to: CivilDate | null;
  knownAt: Moment | null;
}

function parameters(report: Report, { asOf, from, to, knownAt }: Asked) {
  return report.between === true ? { from, to, knownAt } : { asOf, knownAt };
}

/** Whether all days are chosen that the report cannot do without. */
export function isComplete(report: Report, { from, to }: Asked): boolean {
  return report.between !== true || (from !== null && to !== null);
}

export async function readReport(
  report: Report,
  asked: Asked,
  staff: boolean,
  signal: AbortSignal,
): Promise<ReportAnswer> {
  const variables = {
    ...parameters(report, asked),
    ...(report.columnsForStaff === true ? { staff } : {}),
  };
  const { operation, document } = report;
  return (await ask<{ report: ReportAnswer }>(operation, document, variables, signal)).report;
}

export function spreadsheetAddress(report: Report, asked: Asked): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters(report, asked))) {
    if (value !== null) search.set(name, value);
  }
  return `/export/reports/${report.name}.xlsx?${search}`;
}
