/** Columns of codes and order numbers in the shapes the offices and shops really use. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chars, clock, type Column, day, digits, type Make, pad, type Rnd, ymd } from './random.ts';

const words = JSON.parse(readFileSync(join(import.meta.dirname, 'package-words.json'), 'utf8')) as Record<
  string,
  string[]
>;
const hex = '0123456789abcdef';
const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const of =
  (list: string): Make =>
  (rnd) =>
    rnd.pick(words[list] ?? []);
const dated = (rnd: Rnd): string => ymd(day(rnd));
const ean = (rnd: Rnd, start: string): string => {
  const body = start + digits(rnd, 12 - start.length);
  const sum = Array.from(body).reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return body + String((10 - (sum % 10)) % 10);
};
const isbn10 = (rnd: Rnd): string => {
  const body = `7${digits(rnd, 8)}`;
  const rest =
    (11 - (Array.from(body).reduce((total, digit, at) => total + Number(digit) * (10 - at), 0) % 11)) % 11;
  return body + (rest === 10 ? 'X' : String(rest));
};
const luhn = (body: string): string => {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, at) => {
      const twice = Number(digit) * (at % 2 ? 1 : 2);
      return total + (twice > 9 ? twice - 9 : twice);
    }, 0);
  return body + String((10 - (sum % 10)) % 10);
};
const snowflake = (rnd: Rnd): string =>
  String(((BigInt(rnd.int(200_000_000, 2_000_000_000)) * 200n) << 22n) + BigInt(rnd.int(0, 4_194_303)));
const uuid = (rnd: Rnd): string =>
  [8, 4, 4, 4, 12]
    .map((n) => chars(rnd, n, hex))
    .join('-')
    .replace(/^(.{14})./, '$14');

export const orders: Column[] = [
  ...[13, 14, 15, 16, 17, 18, 19, 20].map(
    (n): Column => ({ header: `订单号${n}位`, make: (rnd) => String(rnd.int(1, 9)) + digits(rnd, n - 1) }),
  ),
  ...[3, 4, 5, 6, 7, 9].map(
    (n): Column => ({ header: `流水号20${n}`, make: (rnd, at) => dated(rnd) + clock(rnd) + pad(at, n) }),
  ),
  ...[14, 15, 16, 17, 18, 19, 20, 22].map(
    (n): Column => ({
      header: `交易号${n}`,
      make: (rnd) => (dated(rnd) + clock(rnd) + digits(rnd, 8)).slice(0, n),
    }),
  ),
  { header: '平台订单', make: (rnd) => `20${digits(rnd, 2)}10${digits(rnd, 13)}` },
  { header: '雪花编号', make: snowflake },
  { header: '递增雪花', make: (_, at) => String(1_754_000_000_000_000_000n + BigInt(at) * 4_194_304n) },
  { header: '微信交易号', make: (rnd) => `4200${digits(rnd, 6)}${dated(rnd)}${digits(rnd, 10)}` },
  { header: '支付宝交易号', make: (rnd) => dated(rnd) + `22001${digits(rnd, 15)}` },
  { header: '带前缀订单', make: (rnd) => `DD${dated(rnd)}${digits(rnd, 6)}` },
  { header: '快递单号', make: (rnd) => `SF${digits(rnd, 13)}` },
  { header: '邮政运单', make: (rnd) => `98${digits(rnd, 11)}` },
  { header: '圆通运单', make: (rnd) => `YT${digits(rnd, 13)}` },
  { header: '发票号码', make: (rnd) => digits(rnd, 8) },
  { header: '数电票号码', make: (rnd) => `24${rnd.pick(['64', '15', '14', '52'])}2000000${digits(rnd, 9)}` },
  { header: '办件编号', make: (rnd, at) => `640502-${dated(rnd)}-${pad(at, 6)}` },
  {
    header: '受理号',
    make: (rnd, at) => `${rnd.pick(['640502', '150302', '140602', '520201'])}${dated(rnd)}${pad(at, 4)}`,
  },
  { header: '工单编号', make: (rnd) => `GD-${dated(rnd)}-${digits(rnd, 5)}` },
  { header: '合同编号', make: (rnd) => `ZW-HT-${rnd.int(2015, 2025)}-${digits(rnd, 4)}` },
  { header: '案号', make: (rnd) => `（${rnd.int(2015, 2025)}）宁0502民初${rnd.int(1, 4999)}号` },
  { header: '文号', make: (rnd) => `卫政办发〔${rnd.int(2015, 2025)}〕${rnd.int(1, 180)}号` },
  {
    header: '不动产权证号',
    make: (rnd) => `宁（${rnd.int(2016, 2025)}）中卫市不动产权第${digits(rnd, 7)}号`,
  },
  { header: '不动产单元号', make: (rnd) => `640502${digits(rnd, 6)}GB${digits(rnd, 5)}F${digits(rnd, 8)}` },
  { header: '通过校验的单号', make: (rnd) => luhn(`90${digits(rnd, 13)}`) },
  { header: '随机长单号', make: (rnd) => String(rnd.int(10, 39)) + digits(rnd, 17) },
];

export const codes: Column[] = [
  { header: '邮政编码', make: (rnd) => String(rnd.int(1, 8)) + digits(rnd, 5) },
  { header: '行政区划代码', make: of('divisionCodes') },
  { header: '乡镇代码', make: of('townCodes') },
  { header: '统计用区划代码', make: of('villageCodes') },
  { header: '海关商品编码', make: (rnd) => `${pad(rnd.int(1, 97), 2)}${digits(rnd, 8)}` },
  { header: '税则号', make: (rnd) => `${pad(rnd.int(1, 97), 2)}${digits(rnd, 2)}.${digits(rnd, 4)}` },
  {
    header: '疾病编码',
    make: (rnd) => `${rnd.letter('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}${digits(rnd, 2)}.${digits(rnd, 3)}`,
  },
  { header: '手术编码', make: (rnd) => `${digits(rnd, 2)}.${digits(rnd, 4)}` },
  { header: '行业代码', make: (rnd) => `${rnd.letter('ABCDEFGHIJKLMNOPQRST')}${digits(rnd, 4)}` },
  { header: '商品条码', make: (rnd) => ean(rnd, rnd.pick(['690', '691', '692', '693', '694', '695'])) },
  { header: '进口条码', make: (rnd) => ean(rnd, rnd.pick(['4', '5', '8', '9'])) },
  { header: 'ISBN', make: (rnd) => ean(rnd, '9787') },
  {
    header: 'ISBN连字符',
    make: (rnd) => ean(rnd, '9787').replace(/(...)(.)(....)(....)(.)/, '$1-$2-$3-$4-$5'),
  },
  { header: '旧书号', make: isbn10 },
  { header: 'ISSN', make: (rnd) => `${digits(rnd, 4)}-${digits(rnd, 3)}${rnd.letter('0123456789X')}` },
  { header: 'IMEI', make: (rnd) => luhn(`86${digits(rnd, 12)}`) },
  { header: 'ICCID', make: (rnd) => luhn(`8986${digits(rnd, 14)}`) },
  { header: '物料编码', make: (rnd) => `${digits(rnd, 2)}.${digits(rnd, 3)}.${digits(rnd, 4)}` },
  { header: '批号', make: (rnd) => `B${dated(rnd)}${rnd.letter(capitals)}` },
  { header: '批准文号', make: (rnd) => `国药准字H${rnd.int(1980, 2024)}${digits(rnd, 4)}` },
  { header: '序列号', make: (rnd) => `SN${chars(rnd, 10, `${capitals}0123456789`)}` },
  { header: '设备编号', make: (rnd) => `${chars(rnd, 3, capitals)}-${digits(rnd, 3)}-${digits(rnd, 4)}` },
  { header: '资产编号', make: (rnd) => `ZC${rnd.int(2010, 2025)}${digits(rnd, 6)}` },
  { header: '车架号', make: (rnd) => `L${chars(rnd, 16, 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')}` },
  { header: '集装箱号', make: (rnd) => `${chars(rnd, 3, capitals)}U${digits(rnd, 7)}` },
  { header: '航班号', make: (rnd) => `${rnd.pick(['CA', 'MU', 'CZ', 'HU', '3U'])}${rnd.int(1000, 9999)}` },
  { header: '车次', make: (rnd) => `${rnd.letter('GDCKTZ')}${rnd.int(1, 9999)}` },
  { header: 'UUID', make: uuid },
  { header: '无横线UUID', make: (rnd) => uuid(rnd).replaceAll('-', '') },
  { header: 'MD5', make: (rnd) => chars(rnd, 32, hex) },
  { header: 'SHA1', make: (rnd) => chars(rnd, 40, hex) },
  { header: 'SHA256', make: (rnd) => chars(rnd, 64, hex) },
  { header: '签名', make: (rnd) => Buffer.from(chars(rnd, 33, hex + capitals)).toString('base64') },
  { header: '十六进制', make: (rnd) => `0x${chars(rnd, rnd.int(4, 16), hex)}` },
  { header: '版本', make: (rnd) => `v${rnd.int(0, 9)}.${rnd.int(0, 30)}.${rnd.int(0, 99)}` },
  { header: 'IP', make: (rnd) => [10, rnd.int(0, 255), rnd.int(0, 255), rnd.int(1, 254)].join('.') },
  {
    header: '外网IP',
    make: (rnd) => [rnd.int(11, 223), rnd.int(0, 255), rnd.int(0, 255), rnd.int(1, 254)].join('.'),
  },
  { header: 'IPv6', make: (rnd) => `2001:db8::${chars(rnd, 4, hex)}:${chars(rnd, 4, hex)}` },
  { header: 'MAC', make: (rnd) => Array.from({ length: 6 }, () => chars(rnd, 2, hex)).join(':') },
  { header: '端口', make: (rnd) => String(rnd.int(1024, 65535)) },
  {
    header: '链接',
    make: (rnd) => `https://data.example.cn/resource/${chars(rnd, 8, hex)}?page=${rnd.int(1, 90)}`,
  },
  { header: '文件名', make: (rnd) => `report_${dated(rnd)}_${digits(rnd, 3)}.pdf` },
  { header: '图号', make: (rnd) => `J48G${pad(rnd.int(1, 96), 3)}${pad(rnd.int(1, 96), 3)}` },
  { header: '地籍号', make: (rnd) => `640502${digits(rnd, 6)}GB${digits(rnd, 5)}` },
  { header: '机构内码', make: (rnd) => `10${digits(rnd, 9)}` },
  { header: '会员号', make: (rnd) => `${rnd.int(2, 9)}${digits(rnd, 10)}` },
  { header: '学号', make: (rnd) => `${rnd.int(2012, 2025)}${digits(rnd, 6)}` },
  { header: '考场座位', make: (rnd) => `${pad(rnd.int(1, 60), 3)}-${pad(rnd.int(1, 30), 2)}` },
  { header: '户表号', make: (rnd) => `00${digits(rnd, 10)}` },
  { header: '科目编码', make: (rnd) => `${rnd.int(1001, 6901)}.${pad(rnd.int(1, 99), 2)}` },
  { header: '预算科目', make: (rnd) => `2${digits(rnd, 6)}` },
  { header: '随机base36', make: (rnd) => chars(rnd, 12, `${capitals.toLowerCase()}0123456789`) },
  { header: '颜色值', make: (rnd) => `#${chars(rnd, 6, hex)}` },
  {
    header: '型号',
    make: (rnd) => `${chars(rnd, 2, capitals)}${rnd.int(100, 9999)}-${rnd.pick(['A', 'B', 'Pro'])}`,
  },
  { header: '基站编号', make: (rnd) => `460-0${rnd.int(0, 1)}-${digits(rnd, 5)}-${digits(rnd, 8)}` },
  {
    header: '证书编号',
    make: (rnd) => `${rnd.pick(['NX', 'NM', 'SX', 'GZ'])}${rnd.int(2015, 2025)}${digits(rnd, 8)}`,
  },
];
