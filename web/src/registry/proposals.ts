/** Proposals (报送): what waits, what it would do, and the decisions on it. */
import approveDocument from '../operations/ApproveProposal.graphql?raw';
import personalDocument from '../operations/PersonalProposal.graphql?raw';
import previewDocument from '../operations/ProposalPreview.graphql?raw';
import proposalsDocument from '../operations/Proposals.graphql?raw';
import rejectDocument from '../operations/RejectProposal.graphql?raw';
import withdrawDocument from '../operations/WithdrawProposal.graphql?raw';
import type { CivilDate, Moment, UnitName } from './answers';
import { ask, type Refusal } from './request';

export const STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export type Status = (typeof STATUSES)[number];

/** What a command or an event says, by the names of its fields. */
export type Said = Readonly<Record<string, unknown>>;

/** A command that somebody proposed, and what became of it (报送件). */
export interface Proposal {
  id: string;
  submitter: string;
  mutation: string;
  subjectId: string;
  /** Null when it is of a person: then it is sealed. */
  command: Said | null;
  personal: boolean;
  concerns: UnitName[];
  status: Status;
  madeAt: Moment;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Moment | null;
  decisionReason: string | null;
}

export interface ProposalPage {
  /** The registry's today, on which one decides. */
  today: { asOf: CivilDate };
  proposals: {
    totalCount: number;
    nodes: Proposal[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** What approving would do (审批预览); with a refusal, it would do nothing. */
export interface Preview {
  digest: string | null;
  events: { stream: string; topic: string; effectiveOn: CivilDate; data: Said }[];
  dangling: { name: string | null; source: string; reference: string; validFrom: CivilDate }[];
  refusal: Refusal | null;
}

const FIRST = 50;

/** Those that wait, the oldest first; of others the latest first. */
export function readProposals(
  { status, after }: { status: Status | null; after: string | null },
  signal: AbortSignal,
): Promise<ProposalPage> {
  const variables = {
    first: FIRST,
    after,
    filter: status === null ? {} : { statuses: [status] },
    orderBy: status === 'PENDING' ? 'OLDEST' : 'NEWEST',
  };
  return ask<ProposalPage>('Proposals', proposalsDocument, variables, signal);
}

/** What a proposal says of a person, or null where that was erased; that one has read it is recorded. */
export async function readPersonal(id: string, signal: AbortSignal): Promise<Said | null> {
  const { proposal } = await ask<{ proposal: { personalCommand: Said | null } | null }>(
    'PersonalProposal',
    personalDocument,
    { id },
    signal,
  );
  return proposal?.personalCommand ?? null;
}

export async function readPreview(id: string, signal: AbortSignal): Promise<Preview> {
  const data = await ask<{ previewProposal: Preview }>(
    'ProposalPreview',
    previewDocument,
    { id },
    signal,
  );
  return data.previewProposal;
}

const DECISIONS = {
  approve: ['ApproveProposal', approveDocument],
  reject: ['RejectProposal', rejectDocument],
  withdraw: ['WithdrawProposal', withdrawDocument],
} as const;
export type Decision = keyof typeof DECISIONS;

export interface Deciding {
  commandId: string;
  effectiveOn: CivilDate;
  proposal: string;
  reason?: string;
  preview?: string;
}

/** Sends a decision; gives why it was refused, or null when it was carried out. */
export async function decide(decision: Decision, input: Deciding): Promise<Refusal | null> {
  const [operation, document] = DECISIONS[decision];
  const { signal } = new AbortController();
  const { outcome } = await ask<{ outcome: Partial<Refusal> }>(
    operation,
    document,
    { input },
    signal,
  );
  return outcome.code === undefined ? null : (outcome as Refusal);
}

/** A new UUID; `crypto.randomUUID` is missing where the page is not served by HTTPS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
