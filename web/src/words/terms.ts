/** The terms of the domain in both languages: kinds, statuses, hierarchies and identifier schemes. */
import type { Language } from './language';

type Terms = Readonly<Record<string, readonly [chinese: string, english: string]>>;

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

/** A value that a newer server sends and this table lacks is shown as it came. */
function term(terms: Terms, value: string, language: Language): string {
  return terms[value]?.[language === 'en' ? 1 : 0] ?? value;
}

export const kindTerm = (kind: string, language: Language) => term(KINDS, kind, language);
export const statusTerm = (status: string, language: Language) => term(STATUSES, status, language);
export const hierarchyTerm = (name: string, language: Language) =>
  term(HIERARCHIES, name, language);
export const schemeTerm = (scheme: string, language: Language) =>
  term(SCHEMES, scheme.toUpperCase(), language);
