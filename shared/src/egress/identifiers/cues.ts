import type { IdentifierType } from '../report.ts';

/** Words in a header, a key or just before a value that say what it is. Headers are compared in lower case. */
const cues: Readonly<Partial<Record<IdentifierType, RegExp>>> = {
  residentId:
    /身份证|身份号|身份号码|证件号|证件编号|证号|公民身份|id[ _-]?(?:card|no|num)|identity|citizen|sfz|zjhm|sfhm/,
  uscc: /信用代码|社会信用|统一代码|uscc|credit[ _-]?code|shxydm|xydm/,
  mobile: /手机|电话|联系方式|联系号码|致电|拨打|mobile|phone|\btel|cell|sjh|lxdh|lxfs|whatsapp|微信/,
  landline: /电话|座机|固话|固定电话|传真|联系方式|致电|拨打|phone|\btel|\bfax|lxdh|zjhm|lxfs/,
  bankCard: /银行|卡号|账号|帐号|账户|帐户|借记卡|信用卡|储蓄卡|bank|card|account|iban|yhk|yhzh/,
  passport: /护照|通行证|旅行证|证件|passport|travel[ _-]?doc|zjhm/,
};

/** Columns that say they number things, not people. Speaks only against forms without a check. */
const thing =
  /订单|单号|流水|批次|序列|编码|商品|产品|设备|物料|型号|货号|发票|order|serial|batch|sku|product|model|device|invoice/;

/** Columns whose values count up because they number something, and words by which they number people to ring. */
const numbering =
  /编号|序号|[单案件票批档户工学表证卷考]号$|顺序|(?:^|[^a-z])(?:id|no|seq|code|key)$|[a-z]id$|index|counter|serial|code/;
const reaching = /contact|联系|号码|通讯|呼叫|call/;

const personHeader =
  /姓名|名字|联系人|负责人|申请人|经办人|承办人|办理人|法定代表人|法人代表|户主|当事人|患者|学生|教师|家长|监护人|收件人|收货人|寄件人|业主|员工|职工|客户名|会员名|代理人|填报人|审核人|股东|司机|驾驶员|投诉人|举报人|^法人$|person|full[ _-]?name|real[ _-]?name|user[ _-]?name|customer[ _-]?name|contact|owner|applicant|^xm$|_xm$|xingming/;
const looseHeader = /名$|人$|人员|name$|^name|mc$/;

/** What a header says of its column, once for all its cells. */
export type Header = {
  says: ReadonlySet<IdentifierType>;
  thing: boolean;
  /** Its values may count up. */
  numbered: boolean;
  person: 'yes' | 'perhaps' | 'no';
};

const read = new Map<string, Header>();

/** Reads a header or a JSON key. Kept for the next cell; at most 5,000 of them. */
export const headerOf = (name: string): Header => {
  const known = read.get(name);
  if (known) return known;
  const text = name.normalize('NFKC').toLowerCase();
  const says = new Set<IdentifierType>();
  for (const [type, cue] of Object.entries(cues)) if (cue.test(text)) says.add(type as IdentifierType);
  const named =
    personHeader.test(text) &&
    !/单位|企业|公司|代码|编号|电话|手机|地址|证件|性别|年龄|关系|类型|类别|状态|数|费|级别|情况|意见|时间|日期|phone|address|email|_id$|type|date/.test(
      text,
    );
  const header: Header = {
    says,
    thing: thing.test(text),
    numbered: thing.test(text) || (numbering.test(text) && !reaching.test(text)),
    person: named ? 'yes' : looseHeader.test(text) ? 'perhaps' : 'no',
  };
  if (read.size >= 5_000) read.clear();
  read.set(name, header);
  return header;
};

/** Whether the words just before a place in a text name this kind of identifier. */
export const saidBefore = (text: string, at: number, type: IdentifierType): boolean =>
  at > 0 && (cues[type]?.test(text.slice(Math.max(0, at - 16), at).toLowerCase()) ?? false);

/** Whether a text holds a word for this kind of identifier at all. */
export const saidIn = (text: string, type: IdentifierType): boolean =>
  !/^[\d\s\-+().]*$/.test(text) && (cues[type]?.test(text.toLowerCase()) ?? false);

/** Whether the words just before a place in a text number a thing. */
export const thingBefore = (text: string, at: number): boolean =>
  at > 0 &&
  /(?:订单|单号|流水|批次|序列|商品|产品|设备|型号|货号|发票|运单|快递)[^，。；;,]{0,6}$/.test(
    text.slice(Math.max(0, at - 12), at),
  );
