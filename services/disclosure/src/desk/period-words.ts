/** What a period of a procedure is called, from its key: `report/police` is 报告 · 公安机关, `handling/<instant>` 处置. */
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import { humanised, language, t } from './language.ts';
import { own } from './own.ts';
import { stageWord, wordOf } from './words.ts';

type Named = Readonly<Record<string, string>>;

/** Periods that are no stage of their procedure; where a kind means something of its own by one, its words come first. */
const ofAll: Named = {
  acceptance: '受理',
  answer: '答复',
  correction: '补正',
  reply: '陈述申辩',
  review: '复核',
  reviewRequest: '申请复核',
  decision: '决定',
  rectification: '整改',
  report: '报告',
  filing: '备案',
  egressCheck: '出域核查',
  evidence: '自动检测',
  items: '补充事项',
  kept: '公开留存',
  findings: '列明问题',
  finding: '整改问题',
  settling: '认定问题',
  issue: '印发',
  inquiry: '协查',
  result: '反馈结果',
  asked: '数源部门答复',
  promise: '按承诺提供',
  measures: '采取处置措施',
  suspension: '暂停供给',
  confirmation: '确认',
  direction: '督促',
  questionnaires: '评价问卷',
  term: '期限',
  renewalOpens: '续约申请开始',
  renewalCloses: '续约申请截止',
  bids: '受理投标',
  notice: '公示',
  objection: '答复异议',
};
const ofKind: Partial<Record<ProcedureKind, Named>> = {
  audit: { acceptance: '整改验收' },
  incident: { acceptance: '整改验收', review: '复盘' },
  productEgress: { filing: '报送主管部门' },
  bulletin: { reply: '部门陈述' },
  operatingAgreement: { term: '授权运营期限' },
};

const nameOf = (kind: string, key: string): string =>
  language() === 'en'
    ? humanised(key)
    : (own(own(ofKind, kind), key) ?? own(ofAll, key) ?? stageWord(kind, key));

/**
 * What of a period's key tells one act from another of the same name: ` · 公安机关` of a report to the police. Instants say
 * nothing, a number which one, a body or a measure whose.
 */
export const whichOf = (kind: string, key: string): string => {
  const [name, ...parts] = key.split('/');
  const first = parts.find((one) => !/^\d{10,}$/.test(one));
  if (first === undefined) return '';
  if (!/^\d+$/.test(first)) return ` · ${name === 'report' ? wordOf(first, 'roles') : wordOf(first)}`;
  if (kind === 'audit') return ` ${t('第 {0} 项', first)}`;
  return Number(first) < 2 ? '' : `（${first}）`;
};

/** A period of a procedure in words; bodies by their ids. */
export const periodWord = (kind: string, key: string): string =>
  `${nameOf(kind, key.split('/', 1)[0] ?? key)}${whichOf(kind, key)}`;
