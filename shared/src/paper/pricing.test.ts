import { canonicalJson } from '../canonical-json.ts';
import { type Paper, paperHash } from './paper.ts';
import {
  billStatement,
  ceilingNotice,
  determinationLetter,
  type Issued,
  settlementStatement,
  tariffNotice,
} from './pricing.ts';

const issued: Issued = {
  number: '640500-SR-2026-000001',
  jurisdiction: 'zhongwei',
  issuedBy: '市数据局',
  issuedAt: '2026-11-22T15:00:00+08:00',
  grounds: [{ instrument: '办法', article: '二十四' }],
};
const period = { from: '2026-01-01', until: '2026-12-31' };
const letter = determinationLetter({
  ...issued,
  ...{ operator: '运营公司', year: 2026, trial: true, subsidyFen: 1_000, netCostFen: 100_000 },
  costs: [
    { name: '平台建设', fen: 60_000 },
    { name: '人工', fen: 41_000 },
  ],
  refused: [{ name: '招待费', fen: 700, ground: { reading: 'unrelated' } }],
  ...{ bondYield: '0.0185', points: '6', permittedRate: '0.0785', profitFen: 7_850, taxFen: 6_000 },
  ...{ previousExcessFen: 500, carriedFen: 100, permittedRevenueFen: 113_450 },
});
const statement = (party: string | null) =>
  settlementStatement({
    ...issued,
    ...{ party, period, revenue: [{ name: '产品销售', fen: 150_000 }], revenueFen: 150_000 },
    ...{ permittedRevenueFen: 120_000, netCostFen: 90_000, taxFen: 5_000, resourceFeeRate: '0.05' },
    ...{ resourceFeeFen: 7_500, excessFen: 30_000, carriedFen: 30_000, poolFen: 17_500 },
    shares: [
      { party: '政府', factor: '0.3', fen: 5_250 },
      { party: '运营机构', factor: '0.7', fen: 12_250 },
    ],
  });
const tariffs = tariffNotice({
  ...issued,
  ...{ from: '2026-12-01', noticeDays: 10, freePurposes: ['公共治理', '公益事业'] },
  tariffs: [
    {
      product: 'CP-1',
      name: '接口',
      unit: '次',
      class: '小微企业',
      purpose: '产业发展',
      fen: 80,
      discount: '0.2',
      ceilingFen: 100,
    },
  ],
  serviceFees: [{ name: '数据加工', unit: '时', fen: 10_000, margin: '0.05' }],
});
const ceilings = ceilingNotice({
  ...issued,
  ...{ operator: '运营公司', from: '2026-12-01', reportedTo: '市发展改革委' },
  ceilings: [{ product: 'CP-1', name: '接口', unit: '次', fen: 100, before: 120 }],
});
const bill = billStatement({
  ...issued,
  ...{ merchant: '某数商', period, totalFen: 240 },
  lines: [
    {
      product: 'CP-1',
      name: '接口',
      class: '一般',
      purpose: '产业发展',
      quantity: '3',
      unit: '次',
      fen: 100,
      discount: '0.2',
      amountFen: 240,
    },
  ],
});
const said = (paper: Paper): string => canonicalJson(paper.blocks);

describe('papers of prices', () => {
  it.each([
    [
      'determination',
      letter,
      ['1,134.50', '壹仟壹佰叁拾肆元伍角整', '7.85%', '试行', '-4.00', '1.00元未扣减', '招待费', '7.00'],
    ],
    [
      'settlement',
      statement('运营机构'),
      ['应得122.50元', '壹佰贰拾贰元伍角整', '"300.00"', '"175.00"', '缴入国库'],
    ],
    ['the whole settlement', statement(null), ['可分配收益175.00元', '52.50', '122.50']],
    [
      'tariffs',
      tariffs,
      ['0.80', '减20%', '1.00', '公共治理、公益事业', '成本加成', '2026年12月1日', '10个工作日'],
    ],
    ['ceilings', ceilings, ['1.20', '1.00', '书面报送市发展改革委', '不得高于上限']],
    ['a bill', bill, ['2.40', '贰元肆角整', '"3"', '减20%']],
  ])('%s: figures to the fen, hash over the content', (_name, paper, words) => {
    for (const word of words) expect(said(paper)).toContain(word);
    const { hash, hashOf, ...content } = paper;
    expect([hashOf, paperHash(content)]).toEqual(['paper', hash]);
    expect(paperHash({ ...content, number: 'another' })).not.toBe(hash);
  });

  it('name no party a settlement does not know', () => {
    expect(said(statement('他人'))).not.toContain('应得');
  });

  it('name each ground once', () => {
    const ground = { instrument: '办法', article: '二十四' };
    const refused = [1, 2, 3].map((fen) => ({ name: '招待费', fen, ground }));
    expect(determinationLetter({ ...lettered, refused }).grounds).toEqual([ground]);
  });

  it('hold words with half a surrogate without failing', () => {
    expect(said(determinationLetter({ ...lettered, operator: '公司\ud800' }))).not.toContain('\ud800');
  });
});
const lettered = {
  ...issued,
  ...{ operator: '公司', year: 2026, trial: false, subsidyFen: 0, netCostFen: 0, costs: [], refused: [] },
  ...{ bondYield: '0', points: '0', permittedRate: '0', profitFen: 0, taxFen: 0 },
  ...{ previousExcessFen: 0, carriedFen: 0, permittedRevenueFen: 0 },
};
