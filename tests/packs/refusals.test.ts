import { readPackFiles } from '@gongshu/infra/packs';
import { faultsOf, lineOf, withChange } from './sabotage.ts';

const application = 'zhongwei/data-use-application.yaml';
const catalog = 'zhongwei/catalog.yaml';

type Sabotage = {
  name: string;
  path: string;
  words: string | RegExp;
  by: string;
  at: string;
  reason: RegExp;
};

const sabotages: Sabotage[] = [
  {
    name: 'a key that the schema does not know',
    path: application,
    words: '  acceptanceLimit:\n',
    by: '  acceptanceLimitt:\n',
    at: 'acceptanceLimitt:',
    reason: /^unknown key rules\.acceptanceLimitt$/,
  },
  {
    name: 'a word of a rule that the schema does not know',
    path: application,
    words: 'value: { workingDays: 10 }',
    by: 'value: { workingDays: 10, calendarDays: 10 }',
    at: 'calendarDays: 10',
    reason: /^unknown key rules\.reviewLimit\.value\.calendarDays$/,
  },
  {
    name: 'a head word that the schema does not know',
    path: application,
    words: 'status: draft',
    by: 'status: draft\nlicence: none',
    at: 'licence: none',
    reason: /^unknown key licence$/,
  },
  {
    name: 'a value of the wrong shape',
    path: application,
    words: 'value: { workingDays: 10 }',
    by: 'value: { workingDays: ten }',
    at: 'workingDays: ten',
    reason: /^rules\.reviewLimit\.value\.workingDays: .*number/,
  },
  {
    name: 'silence that the step may not have',
    path: application,
    words: /(checkOnSilence:\n {4}value: )overdue/,
    by: '$1consent',
    at: 'value: consent',
    reason: /^rules\.checkOnSilence\.value: /,
  },
  {
    name: 'a rule without its article',
    path: application,
    words: '    cite: { article: 二十一, quote: 应在 10 个工作日内作出审核 }\n',
    by: '',
    at: 'reviewLimit:',
    reason: /^rules\.reviewLimit\.cite: /,
  },
  {
    name: 'a cite without its article',
    path: application,
    words: 'cite: { article: 二十一, quote: 应在 10',
    by: 'cite: { quote: 应在 10',
    at: 'cite: { quote: 应在 10',
    reason: /^rules\.reviewLimit\.cite\.article: /,
  },
  {
    name: 'a sentence quoted whole',
    path: application,
    words: 'quote: 应在 10 个工作日内作出审核 }',
    by: 'quote: 数源部门进行公共数据使用申请审核的，应在 10 个工作日内作出审核，并将结果反馈 }',
    at: '并将结果反馈 }',
    reason: /quote: a quote is a few words/,
  },
  {
    name: 'a cited rule without its row',
    path: application,
    words: '    row: A3\n',
    by: '',
    at: 'reviewLimit:',
    reason: /^rules\.reviewLimit\.row: /,
  },
  {
    name: 'a row that the key does not answer',
    path: application,
    words: 'row: A5',
    by: 'row: A6',
    at: 'row: A6',
    reason: /^rules\.onSilence\.row: the key answers A5$/,
  },
  {
    name: 'a key that the topic requires and the pack lacks',
    path: application,
    words: /  withdrawal:\n[\s\S]*$/,
    by: '',
    at: 'rules:',
    reason: /^missing key rules\.withdrawal/,
  },
  {
    name: 'a value beside inherits',
    path: catalog,
    words: 'sharedDataConsent: { inherits: national }',
    by: 'sharedDataConsent: { inherits: national, value: { of: provider } }',
    at: 'sharedDataConsent: {',
    reason: /^unknown key rules\.sharedDataConsent\.value$/,
  },
  {
    name: 'inheritance from another city',
    path: catalog,
    words: 'sharedDataConsent: { inherits: national }',
    by: 'sharedDataConsent: { inherits: wuhai }',
    at: 'sharedDataConsent:',
    reason: /borrows from wuhai: zhongwei inherits from national alone, never sideways/,
  },
  {
    name: "words of another city's instrument",
    path: 'wuhai/catalog.yaml',
    words: 'cite: { article: 六, quote: 应按照更新频率及时更新 }',
    by: 'cite: { instrument: 中卫市公共数据资源授权运营管理办法（试行）（征求意见稿）, article: 九, quote: 开展研究 }',
    at: 'instrument: 中卫市',
    reason: /^rules\.update: borrows from zhongwei: .*silence is never filled from another city$/,
  },
  {
    name: "another city's instrument at the head of the file",
    path: 'wuhai/catalog.yaml',
    words: /instrument: .*/,
    by: 'instrument: 中卫市公共数据资源授权运营管理办法（试行）（征求意见稿）',
    at: 'instrument: 中卫市',
    reason: /^borrows from zhongwei/,
  },
  {
    name: 'an instrument that nobody has named',
    path: catalog,
    words: 'cite: { article: 九, quote: 针对',
    by: 'cite: { instrument: 民法典, article: 九, quote: 针对',
    at: 'instrument: 民法典',
    reason: /instruments\.yaml does not name 民法典/,
  },
  {
    name: 'a parent that has no pack',
    path: 'zhongwei/jurisdiction.yaml',
    words: 'parent: national',
    by: 'parent: ningxia',
    at: 'parent: ningxia',
    reason: /^parent ningxia has no pack$/,
  },
  {
    name: 'a parent that is its own child',
    path: 'national/jurisdiction.yaml',
    words: 'title: 国家',
    by: 'title: 国家\nparent: wuhai',
    at: 'parent: wuhai',
    reason: /is its own forebear/,
  },
  {
    name: 'what is in force without number and date',
    path: 'zhongwei/norms.yaml',
    words: 'status: draft',
    by: 'status: inForce',
    at: 'status: inForce',
    reason: /names its number and from/,
  },
  {
    name: 'a rule written twice',
    path: 'zhongwei/norms.yaml',
    words: '  issued:',
    by: '  approved: # again',
    at: '# again',
    reason: /unique/,
  },
  {
    name: 'an alias',
    path: catalog,
    words: 'sharedDataConsent: { inherits: national }',
    by: 'sharedDataConsent: &same { inherits: national }\n  consentWithdrawn: *same',
    at: '*same',
    reason: /alias/,
  },
  {
    name: 'silence where the table says that the text speaks (A5)',
    path: application,
    words: /(\n {2}onSilence:\n)[\s\S]*?(?=\n {2}\w)/,
    by: '$1    value: overdue\n    silent: nothing said',
    at: '  onSilence:',
    reason: /^rules\.onSilence is silent, and A5 of zhongwei is filled \(art 21, 000\)$/,
  },
  {
    name: 'inheritance where the table says that the text speaks (C1)',
    path: catalog,
    words: /(\n {2}entryContents:)[\s\S]*?(?=\n {2}\w)/,
    by: '$1 { inherits: national }',
    at: 'entryContents:',
    reason: /^rules\.entryContents is inherited, and C1 of zhongwei is filled/,
  },
  {
    name: 'silence on an aspect of a filled cell that does not say where it searched',
    path: 'shuozhou/data-use-application.yaml',
    words: /(checkLimit:[\s\S]*?)\n {4}searched: .*/,
    by: '$1',
    at: 'checkLimit:',
    reason: /^rules\.checkLimit is silent within A2 and does not say where it searched$/,
  },
  {
    name: 'a cite where the table says that the text is silent',
    path: 'shuozhou/data-use-application.yaml',
    words: /(\n {2}refusalReasons:\n {4}value: required\n)[\s\S]*?(?=\n {2}\w)/,
    by: '$1    row: A4\n    force: must\n    cite: { article: 六（三）, quote: 进行审核 }',
    at: 'refusalReasons:',
    reason: /^rules\.refusalReasons cites a text for A4, where that of shuozhou is silent$/,
  },
  {
    name: 'an article that the cell does not name',
    path: application,
    words: 'article: 二十一, quote: 视为同意',
    by: 'article: 二十二, quote: 视为同意',
    at: '二十二, quote: 视为同意',
    reason: /^rules\.onSilence cites 二十二 for A5, whose cell says art 21, 000$/,
  },
  {
    name: 'an article of the cell that no rule cites',
    path: application,
    words: 'article: 十七, quote: 数据安全、网络安全',
    by: 'article: 二十, quote: 数据安全、网络安全',
    at: 'rules:',
    reason: /^no rule of A2 cites 17, which its cell names: arts 17, 20$/,
  },
];

describe('a pack that breaks a rule of its writing is refused with file, line and reason', () => {
  it('the packs as they are have no fault', () => {
    expect(faultsOf(readPackFiles())).toEqual([]);
  });

  it.each(sabotages)('$name', ({ path, words, by, at, reason }) => {
    const files = withChange(path, words, by);
    expect(faultsOf(files)).toContainEqual({
      file: path,
      line: lineOf(files, path, at),
      reason: expect.stringMatching(reason),
    });
  });

  it('law newer than the texts may speak where the table says that they are silent; other law may not', () => {
    const silent = /cites a text for F[12], where that of national is silent$/;
    const older = withChange('instruments.yaml', /\n {2}newer: .*/, '');
    expect(faultsOf(older).filter(({ reason }) => silent.test(reason))).toHaveLength(6);
    const beside = withChange(
      'national/pricing.yaml',
      'quote: 尚无完整年度运营情况的 }',
      'quote: 尚无完整年度运营情况的 }\n    also: [{ article: 十七, quote: 按照国家有关价格政策执行 }]',
    );
    expect(faultsOf(beside)).toEqual([
      expect.objectContaining({
        reason: 'rules.trial cites a text for F2, where that of national is silent',
      }),
    ]);
  });

  it('law newer than the texts stands beside a text that speaks, never in its place', () => {
    const files = withChange(
      'wuhai/pricing.yaml',
      /cite: \{ article: 九（二）, quote: 由发展改革部门会同运营实施机构核定 \}/,
      'cite: { instrument: 国家发展改革委 国家数据局关于建立公共数据资源授权运营价格形成机制的通知, article: 二, quote: 由发展改革部门会同数据管理部门核定 }',
    );
    expect(faultsOf(files)).toEqual([
      expect.objectContaining({
        file: 'wuhai/pricing.yaml',
        reason: expect.stringMatching(/^no rule of F2 cites 9, which its cell names/),
      }),
    ]);
  });

  it('a file of no known topic, and one without its jurisdiction', () => {
    const files = [
      ...readPackFiles(),
      { path: 'zhongwei/weather.yaml', text: 'rules: {}' },
      { path: 'nowhere/catalog.yaml', text: '' },
    ];
    expect(faultsOf(files)).toEqual([
      { file: 'zhongwei/weather.yaml', line: 1, reason: 'no topic has this name' },
      { file: 'nowhere/catalog.yaml', line: 1, reason: expect.any(String) },
      {
        file: 'nowhere/catalog.yaml',
        line: 1,
        reason: 'no usable nowhere/jurisdiction.yaml stands beside it',
      },
    ]);
  });
});
