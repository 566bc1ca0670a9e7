import { kindOfField } from './field-kinds.ts';
import { type HeldField, type Holding, linkageOf } from './linkage.ts';

const held = (resource: string, ...names: string[]): HeldField[] =>
  names.map((name) => ({ name, origins: [{ resource, field: name }], grade: 'personal', quasi: false }));
const holding = (kind: Holding['kind'], id: string, fields: HeldField[]): Holding => ({ kind, id, fields });

const medical = holding('grant', 'G1', held('ZY-1', '身份证号', '就诊日期', '诊断'));
const social = holding('grant', 'G2', held('ZY-2', '公民身份号码', '工作单位', '参保年限'));

describe('X6, 国家 21: holdings that tell more together than any alone', () => {
  it('two grants with an identity number each', () => {
    expect(linkageOf([medical, social])).toEqual([
      {
        holdings: [
          {
            kind: 'grant',
            id: 'G1',
            attributes: ['ZY-1:就诊日期', 'ZY-1:诊断', 'residentId'],
            onlyHere: ['ZY-1:就诊日期', 'ZY-1:诊断'],
          },
          {
            kind: 'grant',
            id: 'G2',
            attributes: ['ZY-2:参保年限', 'employer', 'residentId'],
            onlyHere: ['ZY-2:参保年限', 'employer'],
          },
        ],
        attributes: [
          { code: 'ZY-1:就诊日期', kind: null, role: 'protected' },
          { code: 'ZY-1:诊断', kind: null, role: 'protected' },
          { code: 'ZY-2:参保年限', kind: null, role: 'protected' },
          { code: 'employer', kind: 'employer', role: 'quasi' },
          { code: 'residentId', kind: 'residentId', role: 'direct' },
        ],
        together: 5,
        mostAlone: 3,
        joins: [{ code: 'directIdentifier', attributes: ['residentId'], between: ['grant:G1', 'grant:G2'] }],
        effects: ['moreIdentifying', 'acrossResources'],
      },
    ]);
  });

  it('a product without names meets a grant with them over two quasi-identifiers', () => {
    const product = holding('product', 'P1', held('ZY-3', '出生日期', '区县', '用药'));
    const register = holding('grant', 'G3', held('ZY-4', '姓名', '出生年月', '街道'));
    expect(linkageOf([product, register])).toMatchObject([
      {
        joins: [{ code: 'severalQuasiIdentifiers', attributes: ['birth', 'district'] }],
        effects: ['moreIdentifying', 'namesTheUnnamed', 'acrossResources'],
      },
    ]);
  });

  it('over another: the first and the last have nothing in common', () => {
    const [a, b, c] = [
      held('A', '手机号', '收入'),
      held('B', '联系电话', '用户编号', '学历'),
      held('C', '用户ID', '欠费'),
    ];
    const [set] = linkageOf([holding('grant', 'a', a), holding('grant', 'b', b), holding('product', 'c', c)]);
    expect(set?.holdings.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(set?.joins.map(({ code }) => code)).toEqual(['directIdentifier', 'subjectKey']);
  });

  it('a field of one source known by its mark alone', () => {
    const marked = (extra: string): HeldField[] =>
      ['0a1b', extra].map((field) => ({
        name: null,
        origins: [{ resource: 'ZY-9', field }],
        grade: 'personal',
        quasi: false,
      }));
    expect(
      linkageOf([holding('grant', 'x', marked('01')), holding('grant', 'y', marked('02'))]),
    ).toMatchObject([
      { together: 3, mostAlone: 2, joins: [{ code: 'sameSourceField' }], effects: ['moreIdentifying'] },
    ]);
  });

  it('the same whatever the order', () =>
    expect(linkageOf([social, medical])).toEqual(linkageOf([medical, social])));
});

describe('no set where nothing is added or nothing joins', () => {
  it.each([
    ['one alone', [medical]],
    ['one within the other', [medical, holding('product', 'P', held('ZY-1', '身份证号', '诊断'))]],
    ['no common field', [medical, holding('grant', 'G', held('ZY-5', '手机号', '收入'))]],
    [
      'one quasi-identifier in common',
      [holding('grant', 'a', held('A', '性别', '诊断')), holding('grant', 'b', held('B', '性别', '收入'))],
    ],
    [
      'general fields only',
      [
        holding(
          'grant',
          'a',
          held('A', '站点名称').map((field) => ({ ...field, grade: 'general' as const })),
        ),
        holding(
          'grant',
          'b',
          held('A', '站点名称', '车位数').map((field) => ({ ...field, grade: 'general' as const })),
        ),
      ],
    ],
  ])('%s', (_, holdings) => expect(linkageOf(holdings)).toEqual([]));
});

describe('what a name tells', () => {
  it.each([
    ['身份证号码', 'residentId'],
    ['法定代表人姓名', 'name'],
    ['Birth_Date', 'birth'],
    ['所属街道', 'district'],
    ['参保人编号', 'key'],
    ['剩余车位', undefined],
    ['站点名称', undefined],
    ['接口版本', undefined],
  ])('%s', (name, kind) => expect(kindOfField(name)).toBe(kind));
});
