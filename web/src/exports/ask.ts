/** What is exported (导出): which register, of which day and belief, below what, and in which format. */
import type { CivilDate, Moment } from '../registry/answers';
import { fetchFile, type NamedFile } from '../registry/request';
import type { Language } from '../words/language';
import type { Words } from '../words/chinese';

export type Kind = keyof Words['exports']['registers'];
export const FORMATS = ['xlsx', 'csv', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

interface Register {
  kind: Kind;
  /** Whoever is not signed in gets no row of it. */
  staff?: true;
  /** Its rows name people; what was once believed of them is for auditors, even if that is the latest. */
  people?: true;
}

export const REGISTERS: readonly Register[] = [
  { kind: 'organizations' },
  { kind: 'people', staff: true, people: true },
  { kind: 'relations' },
  { kind: 'identifiers' },
  { kind: 'functions' },
  { kind: 'posts' },
  { kind: 'terms' },
  { kind: 'memberships', staff: true },
  { kind: 'appointments', people: true },
];

/** What the page shows: the pair of times that its answer was computed at. */
export interface Shown {
  asOf: CivilDate;
  knownAt: Moment;
  position: number;
}

export interface Wanted {
  kind: Kind;
  format: Format;
  root: string | null;
  shown: Shown;
  /** The belief that the reader chose; null is the latest. */
  chosen: Moment | null;
  language: Language;
}

function addressOf({ kind, format, root, shown, chosen, language }: Wanted): string {
  const people = REGISTERS.some((register) => register.kind === kind && register.people === true);
  // The belief that is shown is asked for by its instant, so that the file is what the page shows.
  const knownAt = chosen ?? (people ? null : shown.knownAt);
  const search = new URLSearchParams({
    asOf: shown.asOf,
    ...(knownAt === null ? {} : { knownAt }),
    ...(root === null ? {} : { root }),
    language: language === 'en' ? 'en' : 'zh',
    // Without its mark, spreadsheet programs take Chinese in a CSV file for something else.
    ...(format === 'csv' ? { encoding: 'utf-8-bom' } : {}),
  });
  return `/export/registers/${kind}.${format}?${search}`;
}

export function fetchRegister(wanted: Wanted, signal: AbortSignal): Promise<NamedFile> {
  const otherwise = `${wanted.kind}-${wanted.shown.asOf}.${wanted.format}`;
  return fetchFile(addressOf(wanted), otherwise, signal);
}
