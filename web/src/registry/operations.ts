/** The questions of the page, each a document in `src/operations` sent word for word. */
import auditDocument from '../operations/Audit.graphql?raw';
import beliefsDocument from '../operations/Beliefs.graphql?raw';
import changesDocument from '../operations/Changes.graphql?raw';
import chartDocument from '../operations/Chart.graphql?raw';
import complianceDocument from '../operations/Compliance.graphql?raw';
import judgedDocument from '../operations/Judged.graphql?raw';
import searchDocument from '../operations/Search.graphql?raw';
import unitDocument from '../operations/Unit.graphql?raw';
import type {
  AuditFilter,
  AuditPage,
  Belief,
  ChangeSet,
  Chart,
  CivilDate,
  JudgedLists,
  Moment,
  RuleResult,
  SearchHit,
  UnitRecord,
} from './answers';
import { ask, isOfRights, RegistryError } from './request';

/** Chart of the main association; without a date the registry answers for its today. */
export async function readChart(
  variables: { asOf: CivilDate | null; knownAt: Moment | null; hierarchies: readonly string[] },
  signal: AbortSignal,
): Promise<Chart> {
  return (await ask<{ orgChart: Chart }>('Chart', chartDocument, variables, signal)).orgChart;
}

/**
 * Record of one unit, or null where the registry knows none of that id at that date.
 *
 * With a token that is no longer good, it is what everybody may see: the record was never refused.
 */
export async function readUnit(
  variables: { id: string; asOf: CivilDate | null; knownAt: Moment | null; staff: boolean },
  signal: AbortSignal,
): Promise<UnitRecord | null> {
  const question = (staff: boolean) =>
    ask<{ organization: UnitRecord | null }>('Unit', unitDocument, { ...variables, staff }, signal);
  try {
    return (await question(variables.staff)).organization;
  } catch (error) {
    if (!variables.staff || !(error instanceof RegistryError && isOfRights(error.refusal))) {
      throw error;
    }
    return (await question(false)).organization;
  }
}

/** Units that exist on the day and bear a name like `text`, the best match first. */
export async function readHits(
  variables: { text: string; first: number; asOf: CivilDate | null; knownAt: Moment | null },
  signal: AbortSignal,
): Promise<SearchHit[]> {
  return (await ask<{ search: SearchHit[] }>('Search', searchDocument, variables, signal)).search;
}

/** What differs between two dates, by what is believed at `knownAt`. */
export async function readChanges(
  variables: { from: CivilDate; to: CivilDate; knownAt: Moment | null },
  signal: AbortSignal,
): Promise<ChangeSet> {
  return (await ask<{ changes: ChangeSet }>('Changes', changesDocument, variables, signal)).changes;
}

/** One page of the log; needs a token with the auditor's right. `first` is 1 to 100. */
export async function readAudit(
  variables: { first: number; after: string | null; filter: AuditFilter },
  signal: AbortSignal,
): Promise<AuditPage> {
  return (await ask<{ auditLog: AuditPage }>('Audit', auditDocument, variables, signal)).auditLog;
}

/** The first beliefs about an entity that came after an instant, as they are about a day. */
export async function readBeliefs(
  variables: { id: string; first: number; after: Moment | null; asOf: CivilDate | null },
  signal: AbortSignal,
): Promise<Belief[]> {
  return (await ask<{ knowledge: Belief[] }>('Beliefs', beliefsDocument, variables, signal))
    .knowledge;
}

/** Every rule, judged for each of its subjects on a day. */
export async function readCompliance(
  variables: { asOf: CivilDate | null; knownAt: Moment | null },
  signal: AbortSignal,
): Promise<RuleResult[]> {
  const data = await ask<{ compliance: RuleResult[] }>(
    'Compliance',
    complianceDocument,
    variables,
    signal,
  );
  return data.compliance;
}

/** Whom a rule took in one way for one subject, a page at a time; people only to staff. */
export async function readJudged(
  variables: {
    rule: string;
    subject: string;
    outcome: string;
    first: number;
    after: string | null;
    people: boolean;
    organizations: boolean;
    measures: boolean;
    asOf: CivilDate | null;
    knownAt: Moment | null;
  },
  signal: AbortSignal,
): Promise<JudgedLists | null> {
  const data = await ask<{ compliance: JudgedLists[] }>(
    'Judged',
    judgedDocument,
    variables,
    signal,
  );
  return data.compliance[0] ?? null;
}
