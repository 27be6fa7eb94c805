/** The reports that add up what there is in each district (区市县). */
import districtsDocument from '../operations/reports/DistrictsReport.graphql?raw';
import grassrootsDocument from '../operations/reports/GrassrootsReport.graphql?raw';
import { column, type Report } from './declare';

export const BY_DISTRICT: readonly Report[] = [
  {
    name: 'grassroots',
    title: ['基层组织覆盖情况表', 'Coverage of the grass roots'],
    operation: 'GrassrootsReport',
    document: grassrootsDocument,
    tables: [
      {
        field: 'rows',
        title: ['基层组织覆盖情况', 'Coverage of the grass roots'],
        unit: { row: 'district', column: 'name' },
        columns: [
          column('span', '统计范围', 'Scope', { terms: 'spans' }),
          column('name', '区市县', 'District'),
          column('sort', '类别', 'Sort', { terms: 'grassroots' }),
          column('counted', '登记数', 'In the register', { number: true }),
          column('standalone', '单独组建', 'Standalone', { number: true }),
          column('regionalJoint', '区域联建', 'Regional joint', { number: true }),
          column('sectorWide', '行业统建', 'Sector-wide', { number: true }),
          column('hostBased', '依托组建', 'Host-based', { number: true }),
          column('other', '其他方式组建', 'Other formation', { number: true }),
          column('unstated', '组建方式未注明', 'Formation not stated', { number: true }),
          column('suspended', '其中暂停', 'Of these suspended', { number: true }),
          column('planned', '筹建中', 'In preparation', { number: true }),
          column('uncertain', '存续不详', 'Founding uncertain', { number: true }),
          column('reported', '上报数', 'Reported', { number: true }),
          column('periodStart', '上报期间起', 'Reported from'),
          column('periodEnd', '上报期间止', 'Reported until'),
          column('source', '上报来源', 'Source of the report'),
        ],
      },
    ],
  },
  {
    name: 'districts',
    title: ['区市县科协情况汇总表', 'Districts in one table'],
    operation: 'DistrictsReport',
    document: districtsDocument,
    columnsForStaff: true,
    tables: [
      {
        field: 'rows',
        title: ['区市县汇总', 'Districts in one table'],
        unit: { row: 'district', column: 'name' },
        columns: [
          column('span', '统计范围', 'Scope', { terms: 'spans' }),
          column('name', '区市县', 'District'),
          column('code', '登记代码', 'Code'),
          column('institutions', '所属事业单位（登记）', 'Institutions (register)', {
            number: true,
          }),
          column('institutionsReported', '所属事业单位（上报）', 'Institutions (reported)', {
            number: true,
          }),
          column('staff', '工作人员（登记）', 'Staff (register)', { staff: true, number: true }),
          column('staffReported', '工作人员（上报）', 'Staff (reported)', { number: true }),
          column('societies', '学会（登记）', 'Societies (register)', { number: true }),
          column('societiesReported', '学会（上报）', 'Societies (reported)', { number: true }),
          column('enterpriseAssociations', '企业科协（登记）', 'In enterprises (register)', {
            number: true,
          }),
          column(
            'enterpriseAssociationsReported',
            '企业科协（上报）',
            'In enterprises (reported)',
            { number: true },
          ),
          column('parkAssociations', '园区科协（登记）', 'In parks (register)', { number: true }),
          column('parkAssociationsReported', '园区科协（上报）', 'In parks (reported)', {
            number: true,
          }),
          column('universityAssociations', '高校科协（登记）', 'In universities (register)', {
            number: true,
          }),
          column(
            'universityAssociationsReported',
            '高校科协（上报）',
            'In universities (reported)',
            { number: true },
          ),
          column('instituteAssociations', '科研院所科协（登记）', 'In institutes (register)', {
            number: true,
          }),
          column(
            'instituteAssociationsReported',
            '科研院所科协（上报）',
            'In institutes (reported)',
            { number: true },
          ),
          column('townshipAssociations', '乡镇街道科协（登记）', 'Townships (register)', {
            number: true,
          }),
          column('townshipAssociationsReported', '乡镇街道科协（上报）', 'Townships (reported)', {
            number: true,
          }),
          column('ruralTechnicalAssociations', '农技协（登记）', 'Rural technical (register)', {
            number: true,
          }),
          column(
            'ruralTechnicalAssociationsReported',
            '农技协（上报）',
            'Rural technical (reported)',
            { number: true },
          ),
          column('reportedFrom', '上报数据最早截止', 'Oldest reported period'),
          column('reportedUntil', '上报数据最近截止', 'Newest reported period'),
        ],
      },
    ],
  },
];
