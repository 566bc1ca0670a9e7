/** Codes in Chinese words, from the code tables that the API answers at /v1/code-tables. */
import { codeTables } from '@gongshu/shared/code-tables';
import { standingTables } from '@gongshu/shared/code-tables/stages';
import { isProblemCode, problemTable } from '@gongshu/shared/problems';
import type { Texts } from '@gongshu/shared/problems/row';
import { fieldWords } from './field-words.ts';
import { humanised, language } from './language.ts';
import { own } from './own.ts';
import { shownFieldWords } from './shown-field-words.ts';

/** The tables whose words are meant for what they name, before those that name an event or a refusal alike. */
const late = new Set(['problems', 'eventTypes', 'noticeKinds', 'importReasons']);

let words: ReadonlyMap<string, Texts> | undefined;
const allWords = (): ReadonlyMap<string, Texts> => {
  if (words) return words;
  const all = new Map<string, Texts>();
  const tables = Object.entries(codeTables);
  for (const [, { codes }] of [
    ...tables.filter(([name]) => !late.has(name)),
    ...tables.filter(([name]) => late.has(name)),
  ])
    for (const [code, said] of Object.entries(codes)) if (!all.has(code)) all.set(code, said);
  words = all;
  return all;
};

/** A code's words; of a named table where codes mean several things; the code itself where nobody has words for it. */
export const wordOf = (code: string, table?: string): string =>
  (table === undefined ? undefined : codeTables[table]?.codes[code]?.[language()]) ??
  (language() === 'en'
    ? (allWords().get(code)?.en ?? humanised(code))
    : (own(actWords, code) ?? own(keptWords, code) ?? allWords().get(code)?.zh ?? code));

/**
 * The words of a code as one of a list: those of the smallest table that has the whole list, for one code (`none`) means one
 * thing in a list of measures and another in a list of ways to import.
 */
export const wordsAmong = (codes: readonly string[]): ((code: string) => string) => {
  const [smallest] = Object.entries(codeTables)
    .filter(([, table]) => codes.every((one) => Object.hasOwn(table.codes, one)))
    .toSorted(([, a], [, b]) => Object.keys(a.codes).length - Object.keys(b.codes).length);
  const table = codes.length > 1 ? smallest?.[0] : undefined;
  return (code) => wordOf(code, table);
};

/** Where a procedure stands: one code of a stage means one thing in a plan and another in an audit. */
export const stageWord = (kind: string, stage: string): string =>
  wordOf(stage, own(standingTables, kind)?.stages);

/** How a procedure ended. */
export const endWord = (kind: string, outcome: string): string =>
  wordOf(outcome, own(standingTables, kind)?.ends);

const chinese = /[\u4e00-\u9fff]/;

/** A field's label in Chinese: the words of forms, else its schema's, else the words of what is only shown, else a code's. */
export const labelOf = (name: string, description?: string): string => {
  if (language() === 'en') return allWords().get(name)?.en ?? humanised(name);
  const said = description?.split(/ · |；|。/, 1)[0] ?? '';
  const ofSchema = chinese.test(said) && said.length <= 24 ? said : undefined;
  return own(fieldWords, name) ?? ofSchema ?? own(shownFieldWords, name) ?? wordOf(name);
};

/** What a route does, as its summary says it in Chinese before the mark, in English after it. */
export const titleOf = (summary: string): string => {
  const [zh = summary, en = zh] = summary.split(' · ', 2);
  return language() === 'en' ? en : zh;
};

/** The English title of a refusal, beside the Chinese that the service answered. */
export const englishOf = (code: string): string | undefined =>
  isProblemCode(code) ? problemTable[code].title.en : undefined;

/** Reasons that a form offers where the city's rules list none. Bodies may give others by the API: the list is open. */
export const commonReasons = (): string[] => Object.keys(codeTables['commonReasons']?.codes ?? {});

/** Acts that tasks offer and no code table names. */
const actWords: Readonly<Record<string, string>> = {
  acceptApplication: '受理',
  checkApplication: '核查',
  decideReview: '审核',
  returnApplication: '退回补正',
  returnReview: '退回补正',
  requestExtension: '申请延期',
  decideExtension: '答复延期申请',
  directCheck: '督促限期核查',
  resubmitApplication: '补正后重新提交',
  withdrawApplication: '撤回',
  submitApplication: '提交申请',
  submitOnboarding: '提交进驻申请',
  recordDecision: '办理决定',
  system: '平台',
  deliverIntake: '重新送达',
  strikeIntake: '注销收件',
  signAgreement: '签署协议',
  renderAgreement: '拟定协议',
  decideOverreach: '处理超范围使用报告',
  decideNorm: '审核规范',
  openGrant: '建立授权',
  reportRectification: '报送整改报告',
  reEvaluate: '再次评估',
  selectAgain: '重新选择运营机构',
  openProcedure: '启动办理',
  withdrawComplaint: '撤回投诉',
  supplyFacts: '补充材料',
  requestReview: '申请复核',
  answerObjection: '答复异议',
};

/** What machines remember of a case and no code table of the API names. */
const keptWords: Readonly<Record<string, string>> = {
  giver: '反馈单位',
  voluntary: '主动退出',
  involuntary: '被动退出',
  decided: '已决定',
  terminationRecorded: '已登记终止',
  announcement: '公告',
  invitation: '邀请',
  tenderTerms: '招标、采购、谈判文件',
  aloneOrWithDepartments: '独立或会同有关部门',
  passToSuccessor: '由承继的运营机构继续',
};
