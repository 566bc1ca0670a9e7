/** Names of persons: a whole cell, which its column must bear out; in running text, after a word for a person or before a title. */
import type { Header } from './cues.ts';
import { looksLike, nameWeight, surnameLength } from './name-forms.ts';
import type { Sighting } from './sighting.ts';

const strongBefore =
  '姓名|名字|联系人|负责人|申请人|经办人|法定代表人|法人代表|户主|当事人|患者|病人|家长|监护人|收件人|收货人|寄件人|投诉人|举报人|来电人|反映人|被申请人|原告|被告|委托人|代理人|承办人|办理人|填报人|审核人|受理人|签收人|被告人|嫌疑人|受害人|死者|伤者|业主|房东|承租人|出租人|持卡人|开户人|参保人|投保人|被保险人|受益人|收款人|付款人|户名|驾驶人|车主|产妇|新生儿|父亲|母亲|丈夫|妻子|配偶|儿子|女儿|法人|责任人|签字|签名|经手人|制表人|本人|我叫|名叫';
const weakBefore =
  '市民|居民|村民|群众|学生|教师|老师|医生|护士|客户|会员|职工|员工|司机|乘客|用户|住户|租户|考生|同学|同志|党员|记者|主任|经理|局长|处长|科长|书记|校长|院长|董事长|总经理|工程师|律师|法官|检察官|民警|干部|代表|委员';
const titles =
  '先生|女士|小姐|同志|老师|同学|医生|大夫|教授|师傅|阿姨|大爷|大妈|奶奶|爷爷|主任|经理|局长|科长|处长|书记|律师|总经理|董事长|校长|院长|村长|队长|站长|工程师|博士|警官|法官';
/** What may follow a name: no character at all, a mark, or a word that a sentence goes on with. */
const after = `(?![\\u3400-\\u9fff])|(?=(?:${titles}|的|于|在|因|向|来|到|称|说|反映|投诉|咨询|电话|手机|身份证|证件|性别|联系|男|女|申请|提交|办理|表示|认为|与|和|及|等|已|未|要求|希望|为|是|住|现|将|自|从|对|把|被|给|就|也|曾|家|一家))`;

const left = new RegExp(`(${strongBefore})(?:姓名|名字)?(?:是|为|叫|系)?[ :：=,，、"“'(（\\[【]{0,3}`, 'g');
const leftWeak = new RegExp(`(?:${weakBefore})[ :："“(（]{0,2}`, 'g');
const right = new RegExp(`([\\u3400-\\u9fff]{2,4})[ (（]?(?:${titles})`, 'g');
const told =
  /(?:^|[^\u3400-\u9fff])([\u3400-\u9fff]{2,4})(?:[,，、\s]*[(（]?)[,，、\s]*(?:男|女|身份证|性别|生于|出生|[汉回满蒙藏壮苗]族|维吾尔族|\d{4}年|电话|手机|联系电话|\+?(?:86)?1[3-9]\d{9})/g;
/** Any of the words that the others ask for: most texts have none. */
const anyCue = new RegExp(
  `${strongBefore}|${weakBefore}|${titles}|[男女族]|身份证|性别|生于|出生|\\d年|电话|手机|1[3-9]\\d{9}`,
);
const ends = new RegExp(after, 'y');
const dotted = /^[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,10}){1,3}/;

const endsAt = (text: string, at: number): boolean => {
  ends.lastIndex = at;
  return ends.test(text);
};

/** Whether a name stands at a place: its weight at least `least`, and nothing after it that would go on with it. */
const nameAt = (text: string, at: number, least: number): boolean => {
  const rest = text.slice(at, at + 30);
  if (dotted.test(rest)) return true;
  const family = surnameLength(rest);
  if (family === 0) return false;
  for (const length of [family + 2, family + 1]) {
    const one = rest.slice(0, length);
    if (one.length < length || !/^[\u3400-\u9fff]+$/.test(one) || !endsAt(text, at + length)) continue;
    const weight = nameWeight(one);
    if (weight !== undefined && weight >= least) return true;
  }
  return false;
};

/** Spaces that spread a name (张 伟) closed up. */
const close = (text: string): string => text.replaceAll(/(?<=[\u3400-\u9fff])[ \t]+(?=[\u3400-\u9fff])/g, '');

/** Whether the last two to four characters before a title are a full name, not a family name alone. */
const endsInName = (run: string, least: number): boolean =>
  [3, 2, 4].some((length) => {
    if (run.length < length) return false;
    const one = run.slice(-length);
    const weight = nameWeight(one);
    return weight !== undefined && weight >= (length === 2 && run.length > 2 ? least + 1.5 : least);
  });

const inText = (text: string): boolean => {
  if (!anyCue.test(text)) return false;
  for (const match of text.matchAll(left)) {
    const marked = /[:：=]/.test(match[0]);
    if (nameAt(text, match.index + match[0].length, marked ? -2.5 : -0.5)) return true;
  }
  for (const match of text.matchAll(leftWeak))
    if (nameAt(text, match.index + match[0].length, 0.5)) return true;
  for (const match of text.matchAll(right)) if (endsInName(match[1] ?? '', -0.5)) return true;
  for (const match of text.matchAll(told)) {
    const weight = nameWeight(match[1] ?? '');
    if (weight !== undefined && weight >= -0.5) return true;
  }
  return false;
};

/** Names in a plain text with Chinese characters; whole cells weigh by their header and column. */
export const names = (text: string, header: Header): Sighting[] => {
  const look = text.length <= 24 ? looksLike(text) : undefined;
  if (look === 'name') return [{ type: 'name', rule: 'name.column', standing: 'column' }];
  if (look === 'perhaps' || (look === 'han' && header.person !== 'no'))
    return [{ type: 'name', rule: 'name.weak', standing: 'column' }];
  if (text.length < 4) return [];
  return inText(close(text)) ? [{ type: 'name', rule: 'name.cue', standing: 'sure' }] : [];
};
