/** Makes text of the source neutral: simplified characters, no real place, no contact, years of the common era. */
import { simplifyChinese } from '@gongshu/shared/chinese-text';

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三'];
/** The thirteen districts of the source, each by a neutral name, always the same. */
const districts = [
  '桃园',
  '中坜',
  '平镇',
  '八德',
  '大溪',
  '杨梅',
  '芦竹',
  '大园',
  '龟山',
  '龙潭',
  '新屋',
  '观音',
  '复兴',
];
export const districtNames = numerals.map((numeral) => `示例${numeral}区`);

const otherCities = [
  '台北',
  '新北',
  '台中',
  '台南',
  '高雄',
  '基隆',
  '新竹',
  '嘉义',
  '宜兰',
  '苗栗',
  '彰化',
  '南投',
  '云林',
  '屏东',
  '台东',
  '花莲',
  '澎湖',
  '金门',
  '连江',
];
const stems = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const otherName = (index: number): string => `${stems[index % 10] ?? ''}${index < 10 ? '' : '二'}市`;

/** What names the real city, its country's offices or a known place, and what stands for it; tried in this order. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/示例/g, '范例'],
  [/(?:国际)?(?:桃园|台湾桃园)国际机场|桃园机场/g, '示例机场'],
  [/桃园航空城/g, '示例空港新城'],
  [/航空城/g, '空港新城'],
  [/大众捷运|桃园捷运|机场捷运|捷运/g, '地铁'],
  [
    /国军桃园总医院|卫生福利部桃园(?:疗养院|医院)|桃园医院新屋分院|林口长庚纪念医院|桃园长庚纪念医院|台北荣总桃园分院/g,
    '示例医院',
  ],
  [/(?:坜新|天晟|天成|圣保禄|敏盛|怡仁|居善|长荣|荣民总|长庚纪念|长庚)(?:综合)?医院/g, '示例医院'],
  [/桃园市政府|桃园县政府|桃市府/g, '示例市政府'],
  [/[大全]桃园(?!区)/g, '示例市'],
  [/桃园[市县](?=政|各|民|立|辖|内|境|全|的|大|小|十|公|区|居|、|，|。|（|）|\(|\)|$|.)/g, '示例市'],
  [/桃园[市县]/g, '示例市'],
  ...districts.map((name, index): [RegExp, string] => [
    new RegExp(index === 0 ? `${name}区` : `${name}(?:[区乡镇市](?!场))?`, 'g'),
    districtNames[index] ?? '',
  ]),
  [/桃园|桃市|桃县/g, '示例市'],
  [/桃青/g, '示例青年'],
  ...otherCities.map((name, index): [RegExp, string] => [
    new RegExp(`${name}[市县]?`, 'g'),
    otherName(index),
  ]),
  [/(?:后|前)?慈湖|小乌来|乌来|角板山/g, '示例山'],
  [/海湖(?=发电)|海威、观威(?=风力)|板新(?=给水)/g, '示例'],
  [/观新(?=藻礁)/g, '示例'],
  [/天成医疗社团法人|沙尔德圣保禄修女会医疗财团法人|长庚医疗财团法人/g, '示例'],
  [/中油桃炼厂|中油/g, '示例炼厂'],
  [
    /(?:宝庆|经国|庄敬|大兴西|中丰|新明|中央西|延平|环北|南华|三民|中平|南昌东|忠孝|安东|中山|山林|中正)(?:三|东|西|北|南)?[路街](?:[一二三四五六七八九十]段)?/g,
    '示例路',
  ],
  [/中正(?=艺文)|山仔顶|过岭|头洲|富源|南港/g, '示例片区'],
  [/大陆籍含港澳|大陆港澳地区|大陆、?港澳|陆籍/g, '外地籍'],
  [/中央警察大学/g, '警察大学'],
  [/台电促协/g, '电力促协'],
  [/台电/g, '电力公司'],
  [/国发会/g, '国家'],
  [/桃姊妹/g, '姊妹'],
  [/A\d{1,2}(?=站)/g, '示例'],
  [/原住民族|原住民/g, '少数民族'],
  [/謷察/g, '警察'],
  [/中华民国|台湾(?:地区|省)?|福尔摩沙/g, ''],
  [
    /行政院(?:环境保护署|环保署|主计(?:总)?处|农业委员会|农委会|劳工委员会|卫生署|原住民族委员会)?/g,
    '国家主管部门',
  ],
  [
    /(?:内政部|经济部|卫生福利部|卫福部|交通部|财政部|教育部|劳动部|文化部|法务部|科技部|国防部)(?:[一-龥]{2,5}[署局处司])?/g,
    '国家主管部门',
  ],
  [
    /(?:环境保护署|环保署|环署|警政署|营建署|国健署|疾管署|健保署|役政署|消防署|农粮署|农委会|原民会|观光局)/g,
    '国家主管部门',
  ],
  [/新台币|台币/g, ''],
  [/石门(?:水库|山|都市|大圳)?/g, '示例水库'],
  [/大汉溪|南崁溪|老街溪|埔心溪|富林溪|社子溪|新街溪|茄苳溪|大坑缺溪|大堀溪|双溪口溪|双溪/g, '示例河'],
  [/永安(?:渔港)?|竹围渔港|许厝港/g, '示例渔港'],
  [/虎头山|角板山|拉拉山|达观山|石牛山|东眼山|两蒋|巴陵|罗浮|百吉|大艽芎|十一份/g, '示例山'],
  [
    /南崁|大湳|林口|埔心|内坜|青埔|草漯|新坡|大竹|山脚|华亚|高荣|埔顶|富冈|幼狮|中路(?=地区)|经国|龙安|龙冈|马祖新村|眷村/g,
    '示例片区',
  ],
  [/(?:中央|中原|元智|开南|长庚|万能|健行|龙华|铭传|清华|交通|中华|体育)(?:科技)?大学/g, '示例大学'],
];

/** 106年 → 2017年; the source writes years since 1912. Spans (91~97年, 104-105附属单位) and dates (104.7.1) too. */
const commonEra = (text: string): string =>
  text
    .replace(/民国/g, '')
    .replace(/(?<![\d.])099(?=年)/g, '99')
    .replace(
      /(?<![\d.])(9\d|10\d)(?=(?:[~～\-至、及](?:9\d|10\d))*(?:学)?年|-10\d附属|附属|\.\d{1,2}(?!\d)|-FUN|及20\d\d年)/g,
      (year) => String(Number(year) + 1911),
    );

const contacts: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/[^\s）)，。、]+|www\.[^\s）)，。、]+/gi, ''],
  [/[\w.+-]+@[\w.-]+/g, ''],
  [/[(（]?0\d{1,2}[)）]?[-\s]?\d{3,4}[-\s]?\d{3,4}(?:[#分机转 ]*\d+)?/g, ''],
  [/TYWebsite/g, 'Website'],
  [/taoyuan|tycg|tyc\b/gi, 'sample'],
];

/** What is left of the real city in a text after all replacements: then the text is not used. */
const leftOver =
  /全台|六都|海湖|坑口|[一-龥]{2}工业区、[一-龥]{2,4}工业区、|三乡|三圣|桃\d|坑子溪|集团|北健|银河广场|新明桥|翠堤桥|[一-龥]里」|先生|小姐|女士|昌鸿|辖[北南]示例|亚洲硅谷|\d{6,}/;
export const isNeutral = (text: string): boolean => !leftOver.test(text);

/** Simplified, neutral, without contacts; white space as single spaces. */
export const neutral = (text: string): string => {
  let result = simplifyChinese(text.normalize('NFKC'));
  for (const [pattern, by] of [...contacts, ...replacements]) result = result.replace(pattern, by);
  return commonEra(result)
    .replace(/(?:示例市){2,}/g, '示例市')
    .replace(/\s+/g, ' ')
    .trim();
};
