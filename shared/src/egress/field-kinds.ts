/** What a field tells of whom, by its name: so that fields of different resources are known for the same (X6). Pure. */

/** Direct identifiers name one person or body; keys number them; the others single out where several come together. */
export const fieldKinds = {
  residentId: {
    role: 'direct',
    zh: '身份证件号码',
    en: 'Identity document',
    names: /身份证|证件号|公民身份号码|idcard|idno/,
  },
  name: {
    role: 'direct',
    zh: '姓名',
    en: 'Name',
    names: /姓名|^名字$|户主$|法定代表人|法人代表|联系人$|personname|fullname/,
  },
  mobile: { role: 'direct', zh: '电话', en: 'Telephone', names: /手机|电话|联系方式|mobile|phone|telephone/ },
  email: { role: 'direct', zh: '电子邮箱', en: 'E-mail', names: /邮箱|email|e-mail/ },
  bankCard: {
    role: 'direct',
    zh: '银行账号',
    en: 'Bank account',
    names: /银行卡|银行账|开户账|bankcard|bankaccount/,
  },
  plate: { role: 'direct', zh: '车牌号码', en: 'Vehicle plate', names: /车牌|号牌|车架号|plate/ },
  uscc: {
    role: 'direct',
    zh: '统一社会信用代码',
    en: 'Unified social credit code',
    names: /统一社会信用|信用代码|uscc/,
  },
  address: { role: 'direct', zh: '详细地址', en: 'Address', names: /住址|地址|门牌|住所|address/ },
  coordinates: {
    role: 'direct',
    zh: '坐标',
    en: 'Coordinates',
    names: /经度|纬度|经纬|坐标|longitude|latitude/,
  },
  key: {
    role: 'key',
    zh: '主体编号',
    en: 'Number of a subject',
    names: /(人员|个人|用户|参保|户|档案|病历|学籍|主体|企业|客户).{0,4}(编号|编码|id|号)$|userid|personid/,
  },
  birth: { role: 'quasi', zh: '出生日期', en: 'Date of birth', names: /出生|生日|birth/ },
  age: { role: 'quasi', zh: '年龄', en: 'Age', names: /年龄|岁数|^age$|agegroup/ },
  sex: { role: 'quasi', zh: '性别', en: 'Sex', names: /性别|^sex$|gender/ },
  ethnicity: { role: 'quasi', zh: '民族', en: 'Ethnicity', names: /民族|ethnic/ },
  nativePlace: { role: 'quasi', zh: '籍贯', en: 'Native place', names: /籍贯|户籍|nativeplace/ },
  education: { role: 'quasi', zh: '学历', en: 'Education', names: /学历|文化程度|学位|education/ },
  occupation: { role: 'quasi', zh: '职业', en: 'Occupation', names: /职业|职务|职称|岗位|occupation/ },
  employer: { role: 'quasi', zh: '工作单位', en: 'Employer', names: /工作单位|就业单位|用人单位|employer/ },
  marriage: { role: 'quasi', zh: '婚姻状况', en: 'Marriage', names: /婚姻|marital/ },
  district: {
    role: 'quasi',
    zh: '所在区域',
    en: 'District',
    names: /区县|县区|街道|乡镇|社区|村|小区|行政区|district/,
  },
  postcode: { role: 'quasi', zh: '邮政编码', en: 'Postcode', names: /邮编|邮政编码|postcode|zip/ },
  school: { role: 'quasi', zh: '学校', en: 'School', names: /学校|院校|school/ },
} as const satisfies Record<
  string,
  { role: 'direct' | 'key' | 'quasi'; zh: string; en: string; names: RegExp }
>;

export type FieldKind = keyof typeof fieldKinds;

/** A name as it is compared: width, white space, case and joining marks aside. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_·.-]+/g, '');

/** What a field of this name tells; `undefined` where the name does not say. The first kind that fits. */
export const kindOfField = (name: string): FieldKind | undefined => {
  const plain = plainName(name);
  for (const [kind, { names }] of Object.entries(fieldKinds)) if (names.test(plain)) return kind as FieldKind;
  return undefined;
};
