/** The terms of the domain in both languages: kinds, statuses, hierarchies, rules. */
import type { Language } from './language';

export type Terms = Readonly<Record<string, readonly [chinese: string, english: string]>>;

const KINDS: Terms = {
  ASSOCIATION: ['科协', 'Association'],
  DEPARTMENT: ['内设机构', 'Department'],
  INSTITUTION: ['所属事业单位', 'Affiliated institution'],
  SOCIETY: ['学会（协会、研究会）', 'Society'],
  RURAL_ASSOCIATION: ['农村专业技术协会', 'Rural technical association'],
  NEW_GROUP: ['新型科技社团', 'New science group'],
  BRANCH: ['分支（代表）机构', 'Branch'],
  ALLIANCE: ['联合体（联盟）', 'Alliance'],
  BODY: ['领导机构', 'Governing body'],
  PARTY_ORGANIZATION: ['党组织', 'Party organization'],
  SERVICE_POINT: ['服务站点', 'Service point'],
  LEADING_GROUP: ['领导小组', 'Leading group'],
  EXTERNAL: ['外部单位', 'External body'],
};

const STATUSES: Terms = {
  PLANNED: ['筹建', 'Planned'],
  ACTIVE: ['正常', 'Active'],
  SUSPENDED: ['暂停', 'Suspended'],
  DISSOLVED: ['注销', 'Dissolved'],
  REVOKED: ['撤销', 'Revoked'],
};

const HIERARCHIES: Terms = {
  PART_OF: ['隶属', 'Part of'],
  LEADS: ['领导', 'Led by'],
  GUIDES: ['业务指导', 'Guided by'],
  SUPERVISES: ['业务主管', 'Supervised by'],
  HOSTS: ['挂靠（依托）', 'Hosted by'],
  PARTY_SUPERIOR: ['上级党组织', 'Party superior'],
  COVERS: ['党组织覆盖', 'Covered by'],
};

const SCHEMES: Terms = {
  USCC: ['统一社会信用代码', 'Unified social credit code'],
};

const OUTCOMES: Terms = {
  MET: ['达标', 'Met'],
  UNMET: ['未达标', 'Not met'],
  UNDETERMINED: ['待定', 'Undetermined'],
  NOT_APPLICABLE: ['不适用', 'Not applicable'],
  NOT_IN_FORCE: ['未生效或已废止', 'Not in force'],
  QUALITATIVE: ['定性', 'Qualitative'],
};

const COMPARISONS: Terms = {
  AT_LEAST: ['不少于', 'at least'],
  AT_MOST: ['不超过', 'at most'],
  EQUAL: ['等于', 'exactly'],
};

const RULE_FORMS: Terms = {
  SHARE: ['比例', 'Share'],
  COUNT: ['数量', 'Count'],
  STRUCTURE: ['设置', 'Structure'],
  COMPARISON: ['对比', 'Comparison'],
  QUALITATIVE: ['定性', 'Qualitative'],
};

const POPULATIONS: Terms = {
  HOLDERS: ['任职人员', 'Holders of posts'],
  MEMBERS: ['会员', 'Members'],
  SUPERVISED: ['业务主管的组织', 'Organizations supervised'],
  PARTS: ['下属组织', 'Subordinate organizations'],
  GUIDED: ['业务指导的组织', 'Organizations guided'],
  SELF: ['本组织', 'The organization itself'],
  MEASURES: ['改革措施', 'Measures of the reform'],
  REPORTED: ['上报数据', 'Reported figures'],
};

/** A value that a newer server sends and this table lacks is shown as it came. */
export function term(terms: Terms, value: string, language: Language): string {
  return terms[value]?.[language === 'en' ? 1 : 0] ?? value;
}

export const kindTerm = (kind: string, language: Language) => term(KINDS, kind, language);
export const statusTerm = (status: string, language: Language) => term(STATUSES, status, language);
export const hierarchyTerm = (name: string, language: Language) =>
  term(HIERARCHIES, name, language);
export const schemeTerm = (scheme: string, language: Language) =>
  term(SCHEMES, scheme.toUpperCase(), language);
export const outcomeTerm = (outcome: string, language: Language) =>
  term(OUTCOMES, outcome, language);
export const comparisonTerm = (name: string, language: Language) =>
  term(COMPARISONS, name, language);
export const ruleFormTerm = (form: string, language: Language) => term(RULE_FORMS, form, language);
export const populationTerm = (kind: string, language: Language) =>
  term(POPULATIONS, kind, language);
