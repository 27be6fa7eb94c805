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

/** The record of a unit (单位档案). Ranges are half-open: the end is the first day outside. */
export interface UnitRecord extends UnitSummary {
  shortName: string | null;
  validFrom: CivilDate | null;
  validTo: CivilDate | null;
  superiors: Superior[];
  functions: HeldFunction[];
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
  stream: string;
  data: unknown;
}

export interface AuditPage {
  edges: { cursor: string; node: AuditEvent }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
