/** Words beside which a name stands in running text. */

/** Words for one person: a name may follow at once, or after a mark. */
const persons =
  '姓名|名字|联系人|当事人|患者|病人|家长|户主|被申请人|原告|被告|死者|伤者|业主|房东|户名|车主|产妇|新生儿|父亲|母亲|丈夫|妻子|配偶|儿子|女儿|签字|签名|签收|本人|我叫|名叫|法人|法定代表|监护|委托|代理|经办|承办|收件|收货|投诉|举报|来电|反映|负责|申请';
/** Words for one of many: the name must be plainly one. */
const oneOfMany =
  '市民|居民|村民|群众|学生|教师|老师|医生|护士|客户|会员|职工|员工|司机|乘客|用户|住户|租户|考生|同学|同志|党员|记者|主任|经理|局长|处长|科长|书记|校长|院长|董事长|律师|法官|检察官|民警|干部|代表|委员|工程师';
/** Words of a sentence after which someone is named. */
const sentence =
  '由|委托|通知|请|经|让|找|与|和|向|给|将|把|被|对|替|昨日|今日|前日|昨天|今天|日前|近日|上午|下午|当日|当天';

export const titles =
  '先生|女士|小姐|同志|老师|同学|医生|大夫|教授|师傅|阿姨|大爷|大妈|奶奶|爷爷|主任|经理|局长|科长|处长|书记|律师|总经理|董事长|校长|院长|村长|队长|站长|工程师|博士|警官|法官';
/** What a person does or has in a sentence: the word after a name. */
const goesOn =
  '的|于|在|因|向|来|到|称|说|反映|投诉|咨询|电话|手机|身份|证件|性别|联系|男|女|申请|提交|办理|表示|认为|与|和|及|等|已|未|要求|希望|为|是|住|现|将|自|从|对|把|被|给|就|也|曾|家|一家|完成|承诺|生前|系|驾|代为|负责|签|确认|领取|结对|帮扶|任|担任|同意|陈述|购买|转账|名下|家属|遗失|入院|出院|参加|报名|缴纳|承租|居住|使用|持|涉嫌|不服|诉|申报|变更|前往|拨打';

/** Matches an end of a name at `lastIndex`. */
export const nameEnds = new RegExp(`(?![\\u3400-\\u9fff])|(?=(?:${titles}|${goesOn}))`, 'y');

const mark = `[ :：=,，、"“'(（\\[【]{0,3}`;
/** Where a name may begin, and how plainly it must be one: the less the cue says, the more the name must. */
export const nameBegins: readonly { cue: RegExp; least: number; marked: number }[] = [
  {
    cue: new RegExp(`(?:${persons})(?:人|人员|员|者)?(?:姓名|名字)?(?:是|为|叫|系)?${mark}`, 'g'),
    least: -1,
    marked: -2.5,
  },
  {
    cue: new RegExp(
      `[\\u3400-\\u9fff](?:人员|人(?![文次力才口数數均工民物行类類身生群事流居体體大机])|员|者)(?:姓名)?(?:是|为|叫|系)?${mark}`,
      'g',
    ),
    least: 0,
    marked: -2.5,
  },
  { cue: new RegExp(`(?:${oneOfMany})[ :：“"(（]{0,2}`, 'g'), least: 0, marked: 0 },
  { cue: new RegExp(`(?:${sentence})`, 'g'), least: 0.5, marked: 0.5 },
];
/** A person's particulars after the name at the beginning of a clause. */
export const particulars =
  /(?:^|[^\u3400-\u9fff])([\u3400-\u9fff]{2,10})[,，、\s(（]{1,3}(?:男|女|身份证|性别|生于|出生|(?:[汉回满蒙藏壮苗彝]|维吾尔|蒙古)族|\d{4}年|电话|手机|联系电话|\+?(?:86)?1[3-9]\d{9})/g;
export const beforeTitle = new RegExp(`([\\u3400-\\u9fff]{2,8})[ (（]?(?:${titles})`, 'g');
/** Any of all these: most texts have none. */
export const anyNameCue = new RegExp(
  `${persons}|${oneOfMany}|${titles}|${sentence}|[人员者]|[男女族]|身份证|性别|生于|出生|\\d年|电话|手机|1[3-9]\\d{9}|[·.]`,
);
