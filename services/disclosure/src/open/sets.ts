/** What can be downloaded of a city: each set with its columns and its rows, read in pages so that any size goes out. */
import { businessDateOf } from '@gongshu/shared/business-date';
import { listEvaluations, listMandates, listSelections } from '../public/queries/operators.ts';
import { monthlyFigures } from '../public/queries/figures.ts';
import { listCeilings, listServiceFees, listTariffs } from '../public/queries/prices.ts';
import { listProducts } from '../public/queries/products.ts';
import { fullResources } from '../public/queries/full-resources.ts';
import { pageSize, paging } from './paging.ts';
import { paperSets } from './paper-sets.ts';
import { columnsOf, type Key, type OpenSet, rests } from './set.ts';

const today = (now: Date) => businessDateOf(now.getTime());

export const openSets: readonly OpenSet[] = [
  {
    name: 'catalog',
    title: { zh: '资源目录', en: 'Catalog' },
    columns: columnsOf({
      ...{ id: '编号', title: '名称', abstract: '摘要', provider: '提供部门编号', providerName: '提供部门' },
      ...{ fields: '信息项', updateFrequency: '更新频率', classification: '分类', grade: '分级' },
      ...{ level: '层级', registrationCode: '登记编码', publishedOn: '公布日期', changedAt: '变更时间' },
    }),
    pages: (db, city) =>
      paging((after: string | undefined) => fullResources(db, city, { after, limit: pageSize })),
  },
  {
    name: 'products',
    title: { zh: '产品清单', en: 'Product list' },
    columns: columnsOf({
      ...{ product: '产品编号', title: '名称', description: '说明', class: '类别', purpose: '用途' },
      ...{ state: '状态', version: '版本', registrationCode: '登记编码', nationalCode: '国家登记编码' },
      ...{ owner: '开发主体编号', operator: '运营机构编号', resources: '来源资源', listedOn: '列入日期' },
      changedAt: '变更时间',
    }),
    pages: (db, city) =>
      paging((after: string | undefined) =>
        listProducts(db, city, { withFormer: true }, { after, limit: pageSize }),
      ),
  },
  {
    name: 'tariffs',
    title: { zh: '收费标准', en: 'Tariffs' },
    columns: columnsOf({
      ...{
        tariff: '编号',
        product: '产品编号',
        operator: '运营机构编号',
        unit: '计费单位',
        class: '客户类别',
      },
      ...{ scenario: '场景', purpose: '用途', fen: '收费标准（分）', discount: '优惠比例', from: '执行之日' },
      ...{ until: '截止之日', publishedAt: '公布时间', ...rests },
    }),
    pages: (db, city, now) =>
      paging((after: Key<typeof listTariffs>) =>
        listTariffs(db, city, today(now), { after, limit: pageSize }),
      ),
  },
  {
    name: 'ceilings',
    title: { zh: '上限收费标准', en: 'Ceiling prices' },
    columns: columnsOf({
      ...{ caseNo: '办件编号', product: '产品编号', operator: '运营机构编号', unit: '计费单位' },
      ...{ fen: '上限（分）', beforeFen: '原上限（分）', from: '执行之日', setAt: '制定时间', ...rests },
    }),
    pages: (db, city, now) =>
      paging((after: Key<typeof listCeilings>) =>
        listCeilings(db, city, today(now), { after, limit: pageSize }),
      ),
  },
  {
    name: 'fees',
    title: { zh: '服务收费', en: 'Service fees' },
    columns: columnsOf({
      ...{
        fee: '编号',
        operator: '运营机构编号',
        item: '项目',
        version: '版本',
        title: '名称',
        kind: '类别',
      },
      ...{
        unit: '计费单位',
        costFen: '成本（分）',
        margin: '利润率',
        marginFen: '利润（分）',
        fen: '收费（分）',
      },
      ...{ from: '执行之日', ...rests },
    }),
    pages: (db, city, now) =>
      paging((after: Key<typeof listServiceFees>) =>
        listServiceFees(db, city, today(now), { after, limit: pageSize }),
      ),
  },
  {
    name: 'mandates',
    title: { zh: '授权情况', en: 'Mandates' },
    columns: columnsOf({
      ...{
        agreement: '协议编号',
        operator: '运营机构编号',
        mode: '授权模式',
        fields: '领域',
        scenarios: '场景',
      },
      ...{ from: '起始之日', until: '届满之日', state: '状态', ground: '终止事由', document: '协议散列' },
      ...{ changedAt: '变更时间', ...rests },
    }),
    pages: (db, city, now) =>
      paging((after: Key<typeof listMandates>) =>
        listMandates(db, city, today(now), { after, limit: pageSize }),
      ),
  },
  {
    name: 'selections',
    title: { zh: '运营机构遴选', en: 'Selections' },
    columns: columnsOf({
      ...{
        caseNo: '办件编号',
        mode: '遴选方式',
        stage: '阶段',
        announcedAt: '公告时间',
        closesOn: '申报截止',
      },
      ...{
        winner: '拟选定或选定机构编号',
        noticeWorkingDays: '公示工作日',
        fields: '领域',
        scenarios: '场景',
      },
      ...{ termMonths: '授权期限（月）', reason: '未成事由', changedAt: '变更时间' },
    }),
    pages: (db, city) =>
      paging((after: Key<typeof listSelections>) => listSelections(db, city, { after, limit: pageSize })),
  },
  {
    name: 'evaluations',
    title: { zh: '绩效评价结果', en: 'Evaluations' },
    columns: columnsOf({
      ...{ caseNo: '办件编号', agreement: '协议编号', operator: '运营机构编号', year: '年度', round: '轮次' },
      ...{ outcome: '结果', exact: '得分（精确）', shown: '得分', secondRectify: '连续两次整改' },
      ...{ withoutSource: '无数据来源的指标', at: '公布时间', ...rests },
    }),
    pages: (db, city) =>
      paging((after: Key<typeof listEvaluations>) => listEvaluations(db, city, { after, limit: pageSize })),
  },
  ...paperSets,
  {
    name: 'figures',
    title: { zh: '办理情况月度统计', en: 'Figures by month' },
    columns: columnsOf({ of: '统计对象', month: '月份', measure: '指标', count: '件数' }),
    async *pages(db, city) {
      // A line a month and measure: a century is a few thousand.
      for (const [of, table] of [
        ['applications', 'figure'],
        ['complaints', 'public_complaint_figure'],
      ] as const) {
        const rows = await monthlyFigures(db, table, city, { from: '0000-01', to: '9999-12' });
        yield rows.map((row) => ({ of, ...row }));
      }
    },
  },
];
