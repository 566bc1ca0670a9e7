/**
 * Precise addresses: down to the house, the building or the village group. A district, a town or a street alone is none.
 */
import type { Rule, Sighting } from './sighting.ts';

const digitsOrWords =
  '(?:[甲乙丙丁新]?[A-Za-z]?\\d{1,5}(?:[\\-/之]\\d{1,5}){0,3}[A-Za-z]?|[一二三四五六七八九十百零〇两]{1,5}|[甲乙丙丁])';
const few = '(?:第?[A-Za-z]?\\d{1,4}[A-Za-z]?|第?[一二三四五六七八九十百]{1,4}|[A-Z]|[甲乙丙丁东西南北中])';
/** Numbers of papers, lines, windows and the like, not of houses. */
const notHouse =
  '(?!线|令|公告|通知|通告|文(?:件|的|$|[，。；、,.)）])|窗口|站台|地铁|出口|会议|型|车(?!站|库|间|棚|辆厂)|码|商品|产品|机[组位])';
const han = '[\\u3400-\\u9fff]';

/** Words that end like a street and are none. */
const notStreet =
  /(?:线路|电路|思路|网路|管路|回路|气路|水路|油路|套路|门路|出路|来路|后路|铁路|频道|管道|轨道|通道|渠道|跑道|车道|隧道|航道|报道|知道|味道|公里|海里|英里|哪里|这里|那里|心里|家里|夜里|手里|公交.*路|^第?[一二三四五六七八九十]{1,2}路)$/;
const realStreet = /[五七八]一路$/;
const street = new RegExp(
  `(${han}{1,12}?(?:大道|大街|路|街|巷|胡同|弄|道|里|坊))(?:[东西南北中]?[段侧]?|[东西南北一二三四五六七八九十]{1,2}[路街巷段])(?:辅路|延伸段)?[(（]?(${digitsOrWords})(号院|号楼|号|弄|栋|幢|座)${notHouse}`,
  'g',
);
const streetNumberAlone = new RegExp(
  `[省市区县旗镇乡]${han}{1,10}(?:大道|大街|路|街|巷|胡同)\\d{1,5}(?:-\\d{1,5}){0,3}(?:$|[,，;；。(（])`,
);
const streetTower = new RegExp(`${han}{1,10}(?:大道|大街|路|街|巷|胡同)[A-Za-z]座`);
/** Old lanes of the north, numbered: 东四十条12号. */
const lane = new RegExp(
  `${han}(?<!第)[一二三四五六七八九十]{1,2}条(?:甲)?\\d{1,5}(?:-\\d{1,4})?号${notHouse}`,
);
/** A door by what stands beside it, on a street or in a village. */
const beside = new RegExp(
  `${han}(?:大道|大街|路|街|巷|胡同|村|小区|花园|镇|[区苑府城庭])${han}{0,14}?(?:(?:对面|隔壁|斜对面|斜对过|旁边|楼下|楼上|后面|门口|[东西南北]门|左手|右手|往?[东西南北]{1,2}(?:侧|边|面)?(?:约)?\\d{1,4}米|交叉口[东西南北]{1,2}[角侧])|第[\\d一二三四五六七八九十]{1,2}[排家户])`,
);

const dwelling =
  '(?:小区|花园|家园|花苑|雅苑|苑|公寓|嘉园|名邸|新村|新城|社区|广场|大厦|大楼|写字楼|商务楼|宿舍|家属院|家属楼|住宅|安置房|廉租房|公租房|府邸|府|庭|湾|墅|华庭|名城|名苑|豪庭|佳苑|新区|新居|里|园|城|院|村|座|国际|中心|世家|天下|水岸|名门|公馆|一期|二期|三期|四期|期|区)';
const building = `(?:${few}(?:号楼|号院|号|栋|幢|座|#楼|#|楼))`;
const unit = `(?:${few}(?:单元|门|梯))`;
const room = `(?:(?:${few}(?:层|楼))?[A-Za-z]?\\d{2,5}(?:-\\d{1,4})?(?:室|号房|房|号|户)?)`;
const inBuilding = [
  new RegExp(`${building}${unit}`), // 3号楼2单元
  new RegExp(`(?:${few}(?:号楼|栋|幢|座|#楼))[,，]?${room}(?!\\d|年|月|日|元|人|个|米|次|万|%|层|平)`), // 3号楼501
  new RegExp(`${unit}(?:${few}(?:层|楼))?[A-Za-z]?\\d{2,4}(?:室|号|户|房)`), // 2单元501室
  new RegExp(
    `${han}{1,12}${dwelling}(?:[东西南北]?[区苑院期])?(?:${few}[区期])?${few}(?:号楼|栋|幢|座|#楼|号院)`,
  ), // 丽景花园5号楼
  new RegExp(
    `${han}{1,12}(?:小区|花园|家园|苑|公寓|嘉园|新村|社区|家属院|佳苑|园|城|府|庭|湾|里)[A-Za-z]?\\d{1,3}-\\d{1,3}-\\d{2,4}`,
  ), // 阳光花园3-2-501
  new RegExp(
    `${han}{2,}(?:大厦|大楼|写字楼|公寓|宾馆|酒店|宿舍|商厦|中心|广场|号楼)[A-Z]?座?(?:${few}(?:层|楼))?[A-Za-z]?\\d{3,4}(?:室|号房|房|号)`,
  ), // 国贸大厦1203室
  new RegExp(
    `${han}{2,}(?:园区|工业园|科技园|产业园|开发区|高新区|家属院|市场|商城|商业街|步行街|小区|花园|新村|院)(?:内)?${few}号(?!线|文|令|公告|通知|文件|窗口|门|库|机|车)`,
  ), // 工业园12号
  new RegExp(`[省市区县旗镇乡路街巷道苑园城庭]${han}{1,20}\\d{1,3}-\\d{1,2}-\\d{3,4}(?![\\d-])`), // 碧水云天17-3-1703
  new RegExp(`${few}(?:号楼|栋|幢|座|#楼)(?:[东西南北中]户|\\d{1,2}-\\d{3,4}(?![\\d-]))`), // 6号楼1-1701
  new RegExp(
    `${han}{2,}(?:大厦|大楼|写字楼|中心|广场|综合楼|商务楼|基地|园)?(?:[A-Z]座|[东西南北]塔|(?<=大厦|大楼|写字楼|中心|广场|综合楼|商务楼|基地|园))(?:\\d{1,3}(?:层|楼)|[A-Z]?\\d{3,4}(?!\\d))`,
  ), // 国贸中心东塔11层
];

const village = new RegExp(
  `${han}{1,8}(?:村委会|村|屯|庄|营子|寨|嘎查|社区|生产队|大队|农场|牧场|林场|镇|乡|苏木)(?:第?[\\d一二三四五六七八九十]{1,4}(?:村民小组|居民小组|生产队|小组|组|社|队|牧业社|连)(?!数|织|合|会|长|区)|${han}{0,4}第?[\\d一二三四五六七八九十百]{1,5}(?:号|户)(?!线|文|令|公告|通知|文件|窗口|均|数|型|机))`,
);
const groupOf = new RegExp(
  `${han}{2,6}[村屯寨庄队](?:${han}{1,4}(?:自然村|屯|组|庄))?第?[\\d一二三四五六七八九十]{1,4}(?:组|社|队)(?!数|织|合|会|长|区)`,
);

const seen = (rule: Rule): Sighting[] => [{ type: 'address', rule, standing: 'sure' }];

const onStreet = (text: string): boolean => {
  for (const match of text.matchAll(street))
    if (!notStreet.test(match[1] ?? '') || realStreet.test(match[1] ?? '')) return true;
  return streetTower.test(text) || streetNumberAlone.test(text) || lane.test(text);
};

/** Addresses in a plain text with Chinese characters. */
export const addresses = (text: string): Sighting[] => {
  const close = text.replaceAll(/\s+/g, '');
  if (!/[\dA-Z一二三四五六七八九十甲乙丙丁]/.test(close)) return [];
  if (/[路街巷弄道里坊同条]/.test(close) && onStreet(close)) return seen('address.street');
  if (/[楼栋幢座室单号#层塔-]/.test(close) && inBuilding.some((form) => form.test(close)))
    return seen('address.building');
  if (/[组社队户号连]/.test(close) && (village.test(close) || groupOf.test(close)))
    return seen('address.village');
  if (/[对隔旁楼后门手角侧排家户米]/.test(close) && beside.test(close)) return seen('address.near');
  return [];
};
