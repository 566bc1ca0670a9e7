import { startOfDay } from '@gongshu/shared/business-date';
import { codeTables } from '@gongshu/shared/code-tables';
import type { Fact } from '@gongshu/shared/disclosure-facts/fact';
import { disclosurePaper } from '@gongshu/shared/paper/reports';
import { makeYearly, type YearlyContent } from '@gongshu/shared/yearly-disclosure/content';
import { DisclosureItem } from '@gongshu/shared/packs/topics/disclosure';
import type { View } from '../html/view.ts';
import { contentOf } from './content.ts';

const word = (table: string, code: string): string => codeTables[table]?.codes[code]?.zh ?? code;
const names = new Map([
  ['op-1', '示例市数据发展集团'],
  ['dept-1', '示例市交通运输局'],
  ['bureau-1', '示例市数据局'],
  ['merchant-1', '一号数商'],
]);
const fact = (type: string, subject: string, data: object): Fact => ({
  ...{
    id: `${type} ${subject}`,
    type,
    subject,
    sequence: 1,
    at: startOfDay('2025-04-14') + 1,
    data: { ...data },
  },
});
const facts: Fact[] = [
  fact('operatingAgreement.inForce.v1', '640500-XY-2025-000001', {
    ...{ agreement: '640500-XY-2025-000001', operator: 'op-1', mode: 'byField', fields: [], scenarios: [] },
    ...{ from: '2025-01-01', until: '2027-12-31' },
  }),
  fact('resource.published.v1', '640500-RES-1', {
    ...{ resource: '640500-RES-1', provider: 'dept-1', publishedOn: '2025-02-01' },
  }),
  fact('grant.granted.v1', '640500-SY-2025-000001', {
    ...{
      grantNo: '640500-SY-2025-000001',
      operator: 'op-1',
      merchant: 'merchant-1',
      resources: ['640500-RES-1'],
    },
  }),
  fact('productEgress.submitted.v1', '640500-CY-2025-000001', {
    ...{ caseNo: '640500-CY-2025-000001', product: '640500-CP-2025-000001', owner: 'merchant-1' },
    ...{ class: 'dataset', purpose: 'industry', grants: ['640500-SY-2025-000001'] },
  }),
  {
    ...fact('productEgress.listed.v1', '640500-CY-2025-000001', {
      ...{ caseNo: '640500-CY-2025-000001', product: '640500-CP-2025-000001', version: 1 },
      registrationCode: '640500-DJ-1',
    }),
    sequence: 2,
  },
  fact('ceilingPrice.set.v1', '640500-SX-2025-000001', {
    ...{ caseNo: '640500-SX-2025-000001', product: '640500-CP-2025-000001', operator: 'op-1' },
    ceilings: [{ unit: 'call', fen: 1200, from: '2025-05-01' }],
  }),
  fact('tariff.published.v1', '640500-SF-1', {
    ...{ tariff: '640500-SF-1', product: '640500-CP-2025-000001', operator: 'op-1', unit: 'call' },
    ...{
      class: 'smallFirm',
      purpose: 'industry',
      scenario: null,
      fen: 900,
      discount: '0.2',
      from: '2025-05-15',
    },
  }),
  fact('serviceFee.published.v1', '640500-FW-1', {
    ...{
      fee: '640500-FW-1',
      item: '640500-FW-1',
      operator: 'op-1',
      kind: 'computing',
      unit: 'hour',
      fen: 500,
    },
    from: '2025-05-15',
  }),
  fact('evaluation.resultPublished.v1', '640500-PG-2025-000001', {
    ...{
      caseNo: '640500-PG-2025-000001',
      operator: 'op-1',
      year: 2025,
      round: 1,
      outcome: 'rectify',
      shown: '71.5',
    },
  }),
];
const items = DisclosureItem.options.map((item) => ({ item, rests: null }));
const contentBy = (part: YearlyContent['part'], of: readonly Fact[]): YearlyContent =>
  makeYearly(
    {
      ...{ jurisdiction: 'zhongwei', part, year: 2025 },
      ...{ body: part === 'operator' ? 'op-1' : 'bureau-1', operator: part === 'operator' ? 'op-1' : null },
    },
    { items } as never,
    of,
    { stated: {}, said: {} },
  ).content;

/** Texts of what is rendered, tags apart. */
const textsIn = (markup: string): string[] =>
  markup
    .split(/<[^>]*>/)
    .map((text) =>
      text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).trim(),
    )
    .filter((text) => text !== '');
/** A code of ours: one word of small and capital letters; numbers, ids and amounts are none. */
const isCode = (text: string): boolean => /^[a-z]+([A-Z][a-z]*)*$/.test(text);
const view = (language: View['language']): View => ({
  ...{ language, large: false, path: '/', now: null, sandbox: false },
});

describe.each(['implementingBody', 'operator', 'overallReport'] as const)('a year disclosed, %s', (part) => {
  it.each([
    ['of a year in which everything was', facts],
    ['of a year in which nothing was', []],
  ])('says no code to the public, %s', (_, of) => {
    const content = contentBy(part, of);
    const said = textsIn(String(contentOf(view('zh'), content, names)));
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter(isCode)).toEqual([]);
    const paper = disclosurePaper(
      {
        number: 'N-1',
        jurisdiction: '中卫市',
        issuedBy: '示例市数据局',
        issuedAt: '2026-03-31T00:00:00+08:00',
      },
      content,
      word,
      names,
    );
    const cells = paper.blocks.flatMap((block) => ('rows' in block ? block.rows.flat() : []));
    const titles = paper.blocks.flatMap((block) =>
      block.kind === 'table' ? block.columns.map(({ title }) => title) : [],
    );
    expect([...cells, ...titles].filter((one) => typeof one === 'string' && isCode(one))).toEqual([]);
  });

  it('tells each result of an evaluation with its outcome and its mark (朔州 十（七）)', () => {
    const said = textsIn(String(contentOf(view('zh'), contentBy(part, facts), names)));
    expect(said).toContain(word('evaluationOutcomes', 'rectify'));
    expect(said).toContain('71.5');
    const other = facts.map((one) => ({ ...one, data: { ...one.data, outcome: 'pass' } }));
    expect(textsIn(String(contentOf(view('zh'), contentBy(part, other), names)))).not.toContain(
      word('evaluationOutcomes', 'rectify'),
    );
  });
});

describe('a bulletin on many departments', () => {
  const view = { language: 'zh', path: '/' } as unknown as View;
  const bulletin = (departments: number) =>
    String(
      contentOf(
        view,
        {
          departments: Array.from({ length: departments }, (_, at) => ({
            department: at === 0 ? 'dept-1' : `dept-${at + 1}`,
            figures: { published: at, reviewMedian: null },
          })),
        },
        names,
      ),
    );

  it('folds each under its name, and keeps every figure', () => {
    const drawn = bulletin(13);
    expect(drawn.match(/<details/g)).toHaveLength(13);
    expect(drawn).toContain('<summary>示例市交通运输局</summary>');
    expect(drawn.match(/<summary>dept-13<\/summary>[\s\S]*?>12</)).not.toBeNull();
  });

  it('a few stand open', () => {
    expect(bulletin(12)).not.toContain('<details');
  });
});
