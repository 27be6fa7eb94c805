/** The terms of enumerations that only reports show, and which table a column's values are found in. */
import type { Language } from './language';
import {
  comparisonTerm,
  kindTerm,
  outcomeTerm,
  ruleFormTerm,
  statusTerm,
  term,
  type Terms,
} from './terms';

const FATES: Terms = {
  KEPT: ['保留', 'Kept'],
  RENAMED: ['更名', 'Renamed'],
  MOVED: ['调整隶属', 'Moved'],
  ESTABLISHED: ['新设', 'Established'],
  DISSOLVED: ['撤销', 'Dissolved'],
};

const SPANS: Terms = {
  DISTRICT: ['区市县', 'District'],
  DIRECT: ['直属', 'Directly'],
  TOTAL: ['合计', 'Total'],
};

const GRASSROOTS: Terms = {
  PARK: ['园区科协', 'In parks'],
  ENTERPRISE: ['企业科协', 'In enterprises'],
  UNIVERSITY: ['高校科协', 'In universities'],
  INSTITUTE: ['科研院所科协', 'In institutes'],
  RURAL: ['农村科协', 'Rural'],
  TOWNSHIP: ['乡镇、街道科协', 'Of townships'],
  RURAL_TECHNICAL: ['农村专业技术协会', 'Rural technical'],
};

const RECURRENCES: Terms = {
  ONCE: ['一次性', 'Once'],
  YEARLY: ['每年', 'Yearly'],
  ONGOING: ['长期', 'Ongoing'],
};

const MEASURE_STATES: Terms = {
  OPEN: ['推进中', 'Under way'],
  FULFILLED: ['已完成', 'Fulfilled'],
  CANCELLED: ['已取消', 'Canceled'],
};

const OVERDUE_REASONS: Terms = {
  DEADLINE: ['时限已过', 'Deadline past'],
  YEAR: ['年度未完成', 'A year missed'],
  FINDING: ['整改逾期', 'Finding not put right'],
};

const MANDATE_CATEGORIES: Terms = {
  ASSESSMENT: ['科技评估', 'Assessment'],
  QUALIFICATION: ['职业资格认定', 'Qualification'],
  STANDARDS: ['技术标准研制', 'Standards'],
  AWARD_NOMINATION: ['科技奖励推荐', 'Award nomination'],
  POLICY_ADVICE: ['决策咨询', 'Policy advice'],
  TRAINING: ['教育培训', 'Training'],
  TALENT_DEVELOPMENT: ['人才培养', 'Talent development'],
  TALENT_EVALUATION: ['人才评价', 'Talent evaluation'],
  TALENT_MOBILITY: ['人才流动', 'Talent mobility'],
  TALENT_INCENTIVE: ['人才激励', 'Talent incentive'],
  OTHER: ['其他', 'Other'],
};

const MANDATE_STATUSES: Terms = {
  ACTIVE: ['承接中', 'Held'],
  EXPIRED: ['到期', 'Expired'],
  REVOKED: ['收回', 'Revoked'],
};

const SECONDMENT_BASES: Terms = {
  SECONDMENT: ['挂职', 'Secondment'],
  EXCHANGE: ['交流', 'Exchange'],
};

const DIRECTIONS: Terms = {
  UP: ['上挂', 'Up'],
  DOWN: ['下派', 'Down'],
  LATERAL: ['平级', 'Lateral'],
};

type Writer = (value: string, language: Language) => string;

const among =
  (terms: Terms): Writer =>
  (value, language) =>
    term(terms, value, language);

export const REPORT_TERMS = {
  kinds: kindTerm,
  statuses: statusTerm,
  ruleForms: ruleFormTerm,
  outcomes: outcomeTerm,
  comparisons: comparisonTerm,
  fates: among(FATES),
  spans: among(SPANS),
  grassroots: among(GRASSROOTS),
  recurrences: among(RECURRENCES),
  measureStates: among(MEASURE_STATES),
  overdueReasons: among(OVERDUE_REASONS),
  mandateCategories: among(MANDATE_CATEGORIES),
  mandateStatuses: among(MANDATE_STATUSES),
  secondmentBases: among(SECONDMENT_BASES),
  directions: among(DIRECTIONS),
} satisfies Record<string, Writer>;

export type ReportTerms = keyof typeof REPORT_TERMS;
