/** Columns of words: places without a door, things, organisations, and words that begin like a surname. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Make, Rnd } from './random.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')) as Record<
    string,
    string[] | string
  >;
const own = read('own-words');
const fromPackages = read('package-words');
const list = (key: string): string[] => {
  const words = own[key] ?? fromPackages[key];
  if (!words) throw new Error(`no list ${key}`);
  return typeof words === 'string' ? words.split(' ') : words;
};
const one = (key: string): Make => {
  const words = list(key);
  return (rnd) => rnd.pick(words);
};
const word = (rnd: Rnd, key: string): string => rnd.pick(list(key));

const single: [header: string, key: string][] = [
  ['省份', 'provinces'],
  ['城市', 'cities'],
  ['县区', 'counties'],
  ['乡镇街道', 'towns'],
  ['村委会', 'villages'],
  ['社区', 'communities'],
  ['路名', 'streetNames'],
  ['国家', 'countries'],
  ['国籍', 'nationalities'],
  ['大洲', 'continents'],
  ['语言', 'languages'],
  ['民族', 'ethnic'],
  ['与户主关系', 'relations'],
  ['文化程度', 'education'],
  ['学位', 'degrees'],
  ['岗位', 'jobs'],
  ['职业', 'occupations'],
  ['职务', 'roles'],
  ['单位名称', 'companies'],
  ['部门', 'departments'],
  ['企业类型', 'organisationTypes'],
  ['学校', 'schools'],
  ['毕业院校', 'universities'],
  ['医院', 'hospitals'],
  ['开户行', 'banks'],
  ['景区', 'scenic'],
  ['车站', 'stations'],
  ['断面名称', 'rivers'],
  ['商品名称', 'products'],
  ['药品名称', 'drugs'],
  ['诊断', 'diagnoses'],
  ['菜品', 'dishes'],
  ['饮料', 'drinks'],
  ['水果', 'fruits'],
  ['调味', 'spices'],
  ['蔬菜', 'vegetables'],
  ['颜色', 'colours'],
  ['天气', 'weather'],
  ['科目', 'subjects'],
  ['结果', 'results'],
  ['计量单位', 'units'],
  ['行业', 'industries'],
  ['地类', 'landNames'],
  ['书名', 'books'],
  ['事件类型', 'eventKinds'],
  ['车辆类型', 'vehicles'],
  ['作物', 'crops'],
  ['政策', 'policies'],
  ['说明', 'sentences'],
  ['原因', 'reasons'],
  ['主题词', 'policyWords'],
  ['词语', 'surnameWords'],
];

const joined: [header: string, make: Make][] = [
  ['备注', (rnd) => word(rnd, 'surnameWords')],
  [
    '关键词',
    (rnd) => `${word(rnd, 'surnameWords')},${word(rnd, 'surnameWords')},${word(rnd, 'policyWords')}`,
  ],
  ['标签', (rnd) => JSON.stringify([word(rnd, 'surnameWords'), word(rnd, 'colours')])],
  ['描述', (rnd) => `${word(rnd, 'surnameWords')}${word(rnd, 'policyWords')}，${word(rnd, 'sentences')}`],
  ['办理意见', (rnd) => `${word(rnd, 'departments')}${word(rnd, 'results')}，${word(rnd, 'reasons')}`],
  [
    '诉求内容',
    (rnd) => `反映${word(rnd, 'counties')}${word(rnd, 'eventKinds')}问题，${word(rnd, 'results')}`,
  ],
  ['所在地区', (rnd) => word(rnd, 'cities') + word(rnd, 'counties')],
  ['省市', (rnd) => `${word(rnd, 'provinces')} ${word(rnd, 'cities')}`],
  ['区域路段', (rnd) => word(rnd, 'counties') + word(rnd, 'streetNames')],
  ['路段', (rnd) => `${word(rnd, 'streetNames')}至${word(rnd, 'streetNames')}段`],
  ['线路', (rnd) => `${rnd.int(1, 99)}路`],
  ['公交站', (rnd) => `${word(rnd, 'streetNames')}口站`],
  ['起讫站', (rnd) => `${word(rnd, 'stations')}—${word(rnd, 'stations')}`],
  ['名称', (rnd) => word(rnd, 'companies')],
  ['供应商', (rnd) => `${word(rnd, 'cities')}${word(rnd, 'companies')}`],
  ['name', (rnd) => word(rnd, 'products')],
  ['title', (rnd) => word(rnd, 'policies')],
  ['资源名称', (rnd) => `${word(rnd, 'counties')}${word(rnd, 'landNames')}面积统计`],
  ['主要字段', () => '姓名、身份证号、联系电话、地址、办理时间'],
  ['数据项', (rnd) => rnd.pick(['联系人', '手机号', '经度', '纬度', '户籍地址', '统一社会信用代码', '邮箱'])],
  ['服务对象', (rnd) => rnd.pick(['自然人', '法人', '个体工商户', '高校毕业生', '老年人', '残疾人'])],
  ['频次', (rnd) => rnd.pick(['每日', '每周', '每月', '每季度', '每年', '实时', '不定期'])],
  ['楼层', (rnd) => `${rnd.int(1, 33)}层`],
  ['户型', (rnd) => `${rnd.int(1, 5)}室${rnd.int(1, 2)}厅${rnd.int(1, 2)}卫`],
  ['班级', (rnd) => `${rnd.letter('一二三四五六')}年级（${rnd.int(1, 12)}）班`],
  ['届次', (rnd) => `第${rnd.letter('一二三四五六七八九十')}届第${rnd.int(1, 9)}次会议`],
  ['法条', (rnd) => `第${rnd.int(1, 90)}条第${rnd.int(1, 6)}款第${rnd.int(1, 9)}项`],
  ['规格', (rnd) => `${word(rnd, 'products')} ${rnd.int(1, 30)}${rnd.pick(['kg', 'g', 'ml', '盒', '袋'])}`],
  ['称谓', (rnd) => rnd.pick(['先生', '女士', '老师', '主任', '村民', '居民', '业主', '游客'])],
  ['脱敏姓名', (rnd) => `${rnd.letter('张王李赵陈刘周吴')}${rnd.pick(['*', '**', '某', '某某'])}`],
  ['脱敏手机', (rnd) => `${rnd.pick(['138', '139', '155', '187'])}****${rnd.int(1000, 9999)}`],
  ['脱敏证件', (rnd) => `640502********${rnd.int(1000, 9999)}`],
  ['脱敏地址', (rnd) => `${word(rnd, 'counties')}${word(rnd, 'streetNames')}***`],
  [
    'english',
    (rnd) => rnd.pick(['approved', 'pending review', 'High school', 'Zhongwei city bureau', 'yellow river']),
  ],
  ['人数说明', (rnd) => `${rnd.int(1, 9)}人，其中${rnd.pick(['女', '男'])}${rnd.int(1, 5)}人`],
  ['统计口径', (rnd) => `${rnd.int(2015, 2025)}年${word(rnd, 'cities')}${word(rnd, 'crops')}产量`],
  ['热线', (rnd) => rnd.pick(['12345', '110', '119', '120', '12315', '12366', '95598', '96777'])],
];

export const words: Column[] = [
  ...single.map(([header, key]): Column => ({ header, make: one(key) })),
  ...joined.map(([header, make]): Column => ({ header, make })),
];
