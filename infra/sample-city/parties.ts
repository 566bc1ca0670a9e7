/** The bodies of the sample city. None exists; their codes are valid in form, with the unassigned area code 99. */
import { usccCheckDigit } from '@gongshu/shared/uscc';

export type Party = {
  id: string;
  kind: 'bureau' | 'countyBureau' | 'sourceDepartment' | 'operator' | 'merchant';
  name: string;
  uscc: string;
  level: 'city' | 'county' | null;
  county: string | null;
  parentId: string | null;
};

/** The 34 providers of the source by their name there: id, the name of such an office here, class of its data. */
export const departments: Readonly<
  Record<string, readonly [id: string, name: string, classification: string]>
> = {
  地政局: ['dept-land', '示例市自然资源局', '自然资源'],
  消防局: ['dept-fire', '示例市消防救援局', '公共安全'],
  警察局: ['dept-police', '示例市公安局', '公共安全'],
  都市發展局: ['dept-planning', '示例市城乡规划局', '城乡建设'],
  衛生局: ['dept-health', '示例市卫生健康局', '卫生健康'],
  地方稅務局: ['dept-tax', '示例市税务局', '财税金融'],
  主計處: ['dept-statistics', '示例市统计局', '综合政务'],
  環境保護局: ['dept-environment', '示例市生态环境局', '生态环境'],
  經濟發展局: ['dept-economy', '示例市发展和改革局', '经济发展'],
  社會局: ['dept-social', '示例市社会保障局', '社会民生'],
  研究發展考核委員會: ['dept-research', '示例市政策研究室', '综合政务'],
  青年事務局: ['dept-youth', '示例市青年工作局', '社会民生'],
  勞動局: ['dept-labour', '示例市人力资源局', '社会民生'],
  水務局: ['dept-water', '示例市水务局', '自然资源'],
  觀光旅遊局: ['dept-tourism', '示例市旅游局', '文化旅游'],
  工務局: ['dept-works', '示例市住房和城乡建设局', '城乡建设'],
  文化局: ['dept-culture', '示例市文化局', '文化旅游'],
  民政局: ['dept-civil', '示例市民政局', '社会民生'],
  教育局: ['dept-education', '示例市教育局', '教育科技'],
  桃園市政府資訊科技局: ['dept-it', '示例市信息中心', '综合政务'],
  交通局: ['dept-transport', '示例市交通运输局', '交通运输'],
  人事處: ['dept-personnel', '示例市机关人事局', '综合政务'],
  農業局: ['dept-agriculture', '示例市农业农村局', '农业农村'],
  桃園捷運公司: ['dept-metro', '示例市地铁有限公司', '交通运输'],
  原住民族行政局: ['dept-ethnic', '示例市民族事务局', '社会民生'],
  體育局: ['dept-sports', '示例市体育局', '文化旅游'],
  財政局: ['dept-finance', '示例市财政局', '财税金融'],
  客家事務局: ['dept-heritage', '示例市地方文化保护局', '文化旅游'],
  秘書處: ['dept-office', '示例市政府办公室', '综合政务'],
  政風處: ['dept-audit', '示例市审计局', '综合政务'],
  法務局: ['dept-justice', '示例市司法局', '综合政务'],
  新聞處: ['dept-press', '示例市新闻办公室', '综合政务'],
  桃園果菜市場股份有限公司: ['dept-market', '示例市果蔬市场有限公司', '农业农村'],
  桃園市政府捷運工程局: ['dept-rail', '示例市轨道交通建设局', '交通运输'],
};

const area = '990100';
const organisationAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Ninth character of an organisation code (GB 11714-1997): weights 3 7 9 10 5 8 4 2, modulo 11. */
const organisationCheck = (first8: string): string => {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce(
    (all, weight, at) => all + weight * organisationAlphabet.indexOf(first8.charAt(at)),
    0,
  );
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
};

/** A code for the n-th body: `11` an organ of state, `91` a company. */
const usccOf = (kind: '11' | '91', serial: number): string => {
  const first8 = `MB9${String(serial).padStart(5, '0')}`;
  const first17 = `${kind}${area}${first8}${organisationCheck(first8)}`;
  return first17 + usccCheckDigit(first17);
};

/** Three counties whose bureaus take part. */
export const counties = ['示例二区', '示例五区', '示例三区'] as const;
export const countyBureauOf = (county: (typeof counties)[number]): string =>
  `county-bureau-${counties.indexOf(county) + 1}`;

type Sketch = Omit<Party, 'uscc'> & { company?: true };
const city = { level: 'city', county: null, parentId: null } as const;
const company = { level: null, county: null, parentId: null, company: true } as const;

const sketches = (): Sketch[] => [
  { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', ...city },
  ...counties.map(
    (county): Sketch => ({
      id: countyBureauOf(county),
      kind: 'countyBureau',
      name: `${county}数据局`,
      level: 'county',
      county,
      parentId: 'city-bureau',
    }),
  ),
  { id: 'operator', kind: 'operator', name: '示例市公共数据运营有限公司', ...company },
  { id: 'merchant-1', kind: 'merchant', name: '示例出行数据科技有限公司', ...company },
  { id: 'merchant-2', kind: 'merchant', name: '示例健康数据服务有限公司', ...company },
  ...Object.values(departments).map(
    ([id, name]): Sketch => ({
      id,
      kind: 'sourceDepartment',
      name,
      ...city,
      ...(name.endsWith('有限公司') ? { company: true } : {}),
    }),
  ),
];

/** All bodies, in a fixed order, as the registry takes them. */
export const parties = (): Party[] =>
  sketches().map(({ company: isCompany, ...party }, index) => ({
    ...party,
    uscc: usccOf(isCompany ? '91' : '11', index + 1),
  }));
