import { detect } from './detect.ts';

const types = (text: string, header = '') => detect(text, header).map(({ type }) => type);

describe('precise addresses', () => {
  it.each([
    '宁夏中卫市沙坡头区鼓楼东街12号',
    '北京市东城区建国门外大街甲1号',
    '上海市徐汇区漕溪北路 398 弄 5 号',
    '中山北路三段十二号',
    '滨河镇阳光花园3号楼2单元501室',
    '丽景花园5号楼',
    '阳光花园3-2-501',
    '国贸大厦1203室',
    '3栋2单元501',
    '海原县关桥乡方堡村三组',
    '永康镇校育川村5组12号',
    '红星村7号',
    '合肥街R座',
    '工业园区12号',
    '沙坡头区文昌镇文萃南路88',
  ])('%s is one', (text) => expect(types(text)).toEqual(['address']));

  it.each([
    '宁夏中卫市沙坡头区',
    '鼓楼东街',
    '滨河镇',
    '红星村',
    '宁政发〔2020〕12号',
    '5号楼',
    '公交5路3号',
    '地铁2号线',
    '铁路12号文件',
    '第三组',
    '教学楼3楼',
    '频道3号',
    '中卫市科技有限公司',
    '2024年3月12日',
    '全市12个村3组数据',
  ])('%s is none', (text) => expect(types(text)).not.toContain('address'));
});

describe('coordinates', () => {
  it.each([
    '106.196123,37.514321',
    '37.514321, 106.196123',
    '经度:106.1961 纬度:37.5143',
    'POINT(106.196 37.514)',
    '{"type":"Point","coordinates":[106.1961,37.5143]}',
    '{"lng":"106.1961","lat":37.5143}',
    '北纬37°30′12″，东经105°11′22″',
    'lng=106.1961&lat=37.5143',
  ])('%s are ones', (text) => expect(types(text)).toEqual(['coordinates']));
  it.each([
    '106.2,37.5',
    '206.1961,37.5143',
    '106.1961',
    '106.1961,137.5143',
    '12.50 38.20',
    '{"price":106.1961,"tax":37.5143}',
    'v106.1.2 37.5.1',
  ])('%s are none', (text) => expect(types(text)).toEqual([]));
});

describe('names', () => {
  it.each([
    ['王秀英', '姓名'],
    ['欧阳修远', '联系人'],
    ['张 伟', '姓名'],
    ['阿依古丽·买买提', '姓名'],
    ['马小花', '经办人'],
  ])('%s under %s', (text, header) => expect(types(text, header)).toEqual(['name']));
  it.each([
    '联系人：王秀英，已回访',
    '申请人李建国提交材料',
    '王秀英女士来电咨询',
    '市民张志强反映噪音扰民',
    '李建国，男，汉族',
    '法定代表人：阿布都·热合曼',
    '患者姓名 陈思远',
  ])('%s holds one', (text) => expect(types(text)).toContain('name'));
  it.each([
    ['高等', '级别'],
    ['黄河', '流域'],
    ['方向', ''],
    ['沙坡头区', '区县'],
    ['马铃薯', '产品'],
    ['申请人应当提交材料', ''],
    ['联系人和电话不详', ''],
    ['王先生来电咨询', ''],
    ['张某某', ''],
    ['不详', '姓名'],
    ['市民高度关注', ''],
  ])('%s under %j is none', (text, header) => expect(types(text, header)).not.toContain('name'));
});

describe('JSON and Base64', () => {
  it('tells each value by its pointer, and keeps the digits of numbers', () =>
    expect(detect('{"a/b":[{"id":11010519491231002,"no":"11010519491231002X"}],"tel":13812345678}')).toEqual([
      { type: 'residentId', detector: 'residentId.gb11643', path: '/a~1b/0/no' },
      { type: 'mobile', detector: 'mobile.segment', path: '/tel' },
    ]));
  it('reads escapes, and JSON inside JSON', () => {
    expect(detect(String.raw`{"n":"\u8054\u7cfb\u4eba\uff1a\u738b\u79c0\u82f1"}`)).toMatchObject([
      { type: 'name', path: '/n' },
    ]);
    expect(detect(JSON.stringify({ body: JSON.stringify({ tel: '13812345678' }) }))).toMatchObject([
      { type: 'mobile', path: '/body/tel' },
    ]);
  });
  it('a key that is itself an identifier is found, and never stands in the path', () => {
    const found = detect('{"13812345678":{"mail":"a@b.cn"},"王秀英":"x@y.cn"}');
    expect(found.map(({ type }) => type)).toEqual(expect.arrayContaining(['mobile', 'email']));
    expect(JSON.stringify(found)).not.toMatch(/13812345678|王秀英/);
  });
  it('JSON too deep to walk is read as text', () =>
    expect(detect(`${'['.repeat(80)}"13812345678"${']'.repeat(80)}`)).toMatchObject([
      { type: 'mobile', path: null },
    ]));
  it('sees one level of Base64, in UTF-8 and GB 18030, standard and URL-safe', () => {
    const text = '联系人：王秀英，电话13812345678';
    const utf8 = Buffer.from(text).toString('base64');
    for (const one of [
      utf8,
      Buffer.from(text).toString('base64url'),
      utf8.replace(/=+$/, ''),
      `data:text/plain;base64,${utf8}`,
    ])
      expect(types(one)).toEqual(expect.arrayContaining(['mobile', 'name']));
    const gb = Buffer.from([0xca, 0xd6, 0xbb, 0xfa, ...Buffer.from('13812345678')]).toString('base64'); // 手机
    expect(detect(gb)).toMatchObject([{ type: 'mobile', detector: 'mobile.segment+base64' }]);
    expect(types(Buffer.from(utf8).toString('base64'))).toEqual([]); // two levels
  });
});
