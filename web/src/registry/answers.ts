/** What the registry answers: the shapes of the chart, records, changes, the search and the log. */

/** A civil date of the registry, `YYYY-MM-DD`. */
export type CivilDate = string;
/** A moment in ISO 8601 with its offset. */
export type Moment = string;

/** One unit as a chart shows it (单位). */
export interface UnitSummary {
  id: string;
  name: string;
  kind: string;
  status: string;
  code: string | null;
}

export interface UnitName {
  id: string;
  name: string;
}

/** One line of the chart; lines come flat, in tree order. */
export interface ChartNode {
  depth: number;
  parentId: string | null;
  childCount: number;
  organization: UnitSummary;
}

/** The chart (机构图) and the pair of times that it was computed at. */
export interface Chart {
  asOf: CivilDate;
  knownAt: Moment;
  position: number;
  nodes: ChartNode[];
}

/** What a search found (搜索): a unit, and the name of it that fits. */
export interface SearchHit {
  name: string;
  node: UnitSummary;
}

export interface Superior {
  hierarchy: string;
  superior: UnitName;
  validFrom: CivilDate | null;
  validTo: CivilDate | null;
}

/** A function (职能) that the unit holds; emphasized means 强化, not new. */
export interface HeldFunction {
  id: string;
  name: string;
  emphasized: boolean;
}

export interface Identifier {
  scheme: string;
  value: string;
}

export interface Designation {
  name: string;
  validFrom: CivilDate | null;
  validTo: CivilDate | null;
}

/** One belief about the unit; a belief with an end of recording was corrected later. */
export interface Version {
  name: string;
  status: string;
  validFrom: CivilDate | null;
  validTo: CivilDate | null;
  recordedFrom: Moment;
  recordedTo: Moment | null;
}

export interface Holder {
  id: string;
  holderName: string | null;
  mode: string;
}

/** A post (职务) in the unit; without a number of seats, nothing is vacant. */
export interface Post {
  id: string;
  title: string;
  name: string | null;
  seats: number | null;
  vacancies: number | null;
  holders: Holder[];
}

/** A term (届) that the unit sits or sat for. */
export interface Term {
  id: string;
  number: number;
  openedOn: CivilDate;
  plannedEnd: CivilDate | null;
  overdue: boolean;
  ended: boolean;
}

export interface Registration {
  legalForm: string;
  authority: string | null;
  certificate: string | null;
  domicile: string | null;
  until: CivilDate | null;
  /** Only staff may know it. */
  representativeName?: string | null;
}

export interface Charter {
  title: string;
  adoptedOn: CivilDate;
  approvedOn: CivilDate | null;
}

export interface Staffing {
  established: number | null;
  headcount: number | null;
  overStrength: number | null;
  leadershipPosts: number | null;
  leaders: number | null;
  overLeadership: number | null;
}

/** The record of a unit (单位档案). Ranges are half-open: the end is the first day outside. */
export interface UnitRecord extends UnitSummary {
  shortName: string | null;
  validFrom: CivilDate | null;
  validTo: CivilDate | null;
  superiors: Superior[];
  functions: HeldFunction[];
  /** Absent unless staff asks. */
  memberCount?: number;
  posts: Post[];
  terms: Term[];
  registration: Registration | null;
  charter: Charter | null;
  /** Absent unless staff asks. */
  staffing?: Staffing | null;
  identifiers: Identifier[];
  designations: Designation[];
  history: Version[];
}

export interface NamedUnit extends UnitName {
  kind: string;
}

export interface Renaming {
  organization: { id: string };
  before: string;
  after: string;
}

export interface Move {
  organization: UnitName;
  from: UnitName | null;
  to: UnitName | null;
}

export interface Transfer {
  function: UnitName;
  from: UnitName | null;
  to: UnitName | null;
}

/** What differs between two dates (机构变动). */
export interface ChangeSet {
  established: NamedUnit[];
  dissolved: NamedUnit[];
  renamed: Renaming[];
  moved: Move[];
  functionsTransferred: Transfer[];
  functionsOrphaned: UnitName[];
}

/** One event of the log (审计记录). */
export interface AuditEvent {
  position: number;
  recordedAt: Moment;
  effectiveOn: CivilDate | null;
  topic: string;
  actor: string | null;
  commandId: string | null;
  causationId: string | null;
  corrects: string | null;
  stream: string;
  /** What it is about, as it is today; organizations with their names. */
  subject: { id: string; name?: string } | null;
  /** The document that decided it (依据文件). */
  instrument: { id: string; title: string } | null;
  data: unknown;
}

/** Conditions that all hold of the entries shown. */
export interface AuditFilter {
  text?: string;
  actor?: string;
  nouns?: string[];
  recordedFrom?: Moment;
  recordedTo?: Moment;
  effectiveFrom?: CivilDate;
  effectiveTo?: CivilDate;
  corrections?: boolean;
  entity?: string;
  under?: { hierarchy: string; id: string };
  instrument?: string;
}

/** A field of which two beliefs say different things. */
export interface FieldChange {
  model: string;
  key: unknown;
  field: string;
  before: unknown;
  after: unknown;
}

/** What the registry came to believe of an entity at an instant (认知). */
export interface Belief {
  recordedAt: Moment;
  changed: FieldChange[];
}

export interface AuditPage {
  edges: { cursor: string; node: AuditEvent }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What a rule says, as far as it is shown (规则). */
export interface Rule {
  code: string;
  name: string;
  form: string;
  population: string;
  against: string | null;
  clause: string | null;
  /** Whether breaking it only warns. */
  warning: boolean;
  illustrative: boolean;
  decidedBy: { number: string | null; title: string } | null;
}

/** What a rule comes to for one subject (判定结果). Shares are exact: `209/300`, or a number. */
export interface RuleResult {
  asOf: CivilDate;
  rule: Rule;
  subject: UnitName | null;
  outcome: string;
  share: string | null;
  threshold: string | null;
  comparison: string | null;
  population: number;
  counted: number;
  notCounted: number;
  unknown: number;
  against: number | null;
  againstUnknown: number | null;
  baseline: string | null;
  baselineOutcome: string | null;
}

export interface Listed {
  id: string;
  name?: string | null;
  title?: string;
}

export interface ListPage {
  nodes: Listed[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Whom a rule looked at; null where a list is not for this reader, absent where not asked for. */
export type JudgedLists = Partial<Record<'people' | 'organizations' | 'measures', ListPage | null>>;

export type CellValue = string | number | boolean | null | CellValue[];
export type ReportRow = Record<string, CellValue | { id: string }>;

/** A report (报表): its days, its belief, and the rows of each of its tables by the table's field. */
export interface ReportAnswer {
  asOf?: CivilDate;
  from?: CivilDate;
  to?: CivilDate;
  knownAt: Moment;
  position: number;
  root?: { name: string } | null;
  [table: string]: unknown;
}
