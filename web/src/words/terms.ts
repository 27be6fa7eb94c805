/** The terms of the domain in both languages: kinds, statuses, hierarchies, rules, posts. */
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

const POST_TITLES: Terms = {
  CHAIR: ['主席', 'Chair'],
  VICE_CHAIR: ['副主席', 'Vice-chair'],
  PRESIDENT: ['理事长', 'President'],
  VICE_PRESIDENT: ['副理事长', 'Vice-president'],
  SECRETARY_GENERAL: ['秘书长', 'Secretary-general'],
  DEPUTY_SECRETARY_GENERAL: ['副秘书长', 'Deputy secretary-general'],
  DIRECTOR: ['理事', 'Director'],
  STANDING_DIRECTOR: ['常务理事', 'Standing director'],
  SUPERVISOR: ['监事', 'Supervisor'],
  CHIEF_SUPERVISOR: ['监事长', 'Chief supervisor'],
  DELEGATE: ['代表', 'Delegate'],
  MEMBER: ['委员', 'Member'],
  STANDING_MEMBER: ['常委', 'Standing member'],
  PARTY_SECRETARY: ['书记', 'Party secretary'],
  PARTY_GROUP_MEMBER: ['党组成员', 'Party group member'],
  DEPARTMENT_HEAD: ['部长', 'Head of department'],
  DEPUTY_DEPARTMENT_HEAD: ['副部长', 'Deputy head of department'],
  INSTRUCTOR: ['党建指导员', 'Party instructor'],
  LEADER: ['组长', 'Leader'],
  LIAISON_LEADER: ['分管、联系领导', 'Liaison leader'],
  STAFF: ['工作人员', 'Staff'],
  OTHER: ['其他', 'Other'],
};

const MODES: Terms = {
  FULL_TIME: ['专职', 'full-time'],
  PART_TIME: ['兼职', 'part-time'],
  SECONDED: ['挂职', 'seconded'],
};

const LEGAL_FORMS: Terms = {
  SOCIAL_ORGANIZATION: ['社会团体法人', 'Social organization'],
  SOCIAL_SERVICE: ['民办非企业单位、社会服务机构', 'Social service'],
  FOUNDATION: ['基金会', 'Foundation'],
  PEOPLES_ORGANIZATION: ['人民团体，免予登记', 'People’s organization, exempt'],
  PUBLIC_INSTITUTION: ['事业单位法人', 'Public institution'],
  GOVERNMENT_BODY: ['机关法人', 'Government body'],
  COMPANY: ['企业法人', 'Company'],
  COOPERATIVE: ['农民专业合作社', 'Cooperative'],
  OTHER: ['其他', 'Other'],
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
export const titleTerm = (title: string, language: Language) => term(POST_TITLES, title, language);
export const modeTerm = (mode: string, language: Language) => term(MODES, mode, language);
export const legalFormTerm = (form: string, language: Language) =>
  term(LEGAL_FORMS, form, language);
