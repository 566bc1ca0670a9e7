/** Columns of numbers, dates and measurements: none says who or where. */
import { chars, clock, type Column, day, digits, type Make, pad, type Rnd, ymd } from './random.ts';

const money =
  (low: number, high: number, places: number): Make =>
  (rnd) =>
    (low + rnd.unit() * (high - low)).toFixed(places);
const thousands =
  (high: number): Make =>
  (rnd) =>
    rnd
      .int(1000, high)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, ',');
const normal = (rnd: Rnd, middle: number, spread: number, places: number): string =>
  (middle + (rnd.unit() + rnd.unit() + rnd.unit() - 1.5) * spread).toFixed(places);
const near =
  (middle: number, spread: number, places: number, unit = ''): Make =>
  (rnd) =>
    normal(rnd, middle, spread, places) + unit;
const iso = (rnd: Rnd): string => new Date(day(rnd).getTime() + rnd.int(0, 86_399) * 1000).toISOString();
const dashed = (rnd: Rnd): string => iso(rnd).slice(0, 10);

export const amounts: Column[] = [
  { header: '金额', make: money(1, 99_999, 2) },
  { header: '合同金额（万元）', make: money(1, 9000, 4) },
  { header: '注册资本', make: (rnd) => `${rnd.int(10, 9000)}万元` },
  { header: '中标价', make: thousands(99_999_999) },
  { header: '实缴税额', make: money(0, 10_000_000, 2) },
  { header: '余额（分）', make: (rnd) => String(rnd.int(1_000_000, 99_999_999_999)) },
  { header: '预算数', make: (rnd) => String(rnd.int(1, 999) * 10_000) },
  { header: '同比增减', make: (rnd) => `${normal(rnd, 0, 20, 2)}%` },
  { header: '占比', make: money(0, 1, 6) },
  { header: '比例（%）', make: money(0, 100, 1) },
  { header: '美元金额', make: (rnd) => `USD ${money(10, 9999, 2)(rnd, 0)}` },
  {
    header: '大写金额',
    make: (rnd) => `${rnd.letter('壹贰叁肆伍陆柒捌玖')}万${rnd.letter('壹贰叁肆伍陆柒捌玖')}仟元整`,
  },
  { header: '国内生产总值', make: (rnd) => `${money(10, 5000, 2)(rnd, 0)}亿元` },
  { header: '汇率', make: money(6, 8, 5) },
  { header: '科学计数', make: (rnd) => (rnd.unit() * 10 ** rnd.int(5, 9)).toExponential(4) },
  { header: '负债', make: (rnd) => `-${money(1, 900_000, 2)(rnd, 0)}` },
];

export const dates: Column[] = [
  { header: '日期', make: dashed },
  { header: '登记日期', make: (rnd) => ymd(day(rnd)) },
  { header: '出生年份', make: (rnd) => String(rnd.int(1930, 2020)) },
  { header: '更新时间', make: (rnd) => iso(rnd).slice(0, 19).replace('T', ' ') },
  { header: '时间戳', make: (rnd) => String(day(rnd).getTime() / 1000 + rnd.int(0, 86_399)) },
  { header: '毫秒时间戳', make: (rnd) => String(day(rnd).getTime() + rnd.int(0, 86_399_999)) },
  { header: '微秒', make: (rnd) => String(day(rnd).getTime() + rnd.int(0, 86_399_999)) + digits(rnd, 3) },
  { header: '采集时刻', make: (rnd) => ymd(day(rnd)) + clock(rnd) },
  { header: '采集毫秒', make: (rnd) => ymd(day(rnd)) + clock(rnd) + digits(rnd, 3) },
  { header: 'created_at', make: (rnd) => iso(rnd) },
  { header: 'UTC', make: (rnd) => new Date(iso(rnd)).toUTCString() },
  { header: '中文日期', make: (rnd) => dashed(rnd).replace(/(\d+)-0?(\d+)-0?(\d+)/, '$1年$2月$3日') },
  { header: '斜线日期', make: (rnd) => dashed(rnd).replaceAll('-', '/') },
  { header: '点分日期', make: (rnd) => dashed(rnd).replaceAll('-', '.') },
  { header: '月份', make: (rnd) => dashed(rnd).slice(0, 7) },
  { header: '季度', make: (rnd) => `${rnd.int(2015, 2025)}年第${rnd.letter('一二三四')}季度` },
  { header: '时刻', make: (rnd) => clock(rnd).replace(/(..)(..)(..)/, '$1:$2:$3') },
  { header: '起止', make: (rnd) => `${ymd(day(rnd))}-${ymd(day(rnd))}` },
  { header: '有效期', make: (rnd) => `${dashed(rnd)}至${dashed(rnd)}` },
  { header: '星期', make: (rnd) => `星期${rnd.letter('一二三四五六日')}` },
  { header: '表格日期数', make: (rnd) => String(rnd.int(40_000, 46_000)) },
  {
    header: '农历',
    make: (rnd) => `${rnd.letter('正二三四五六七八九十')}月初${rnd.letter('一二三四五六七八九')}`,
  },
];

export const measures: Column[] = [
  { header: '气温', make: near(12, 30, 1) },
  { header: '湿度', make: near(50, 40, 0, '%') },
  { header: '气压', make: near(1013, 40, 1) },
  { header: 'PM2.5', make: near(60, 60, 0) },
  { header: '降水量', make: near(12, 20, 1, 'mm') },
  { header: '水位', make: near(1231, 4, 3) },
  { header: '流量', make: near(850, 500, 2, 'm³/s') },
  { header: '面积', make: near(95, 80, 2, '平方米') },
  { header: '亩数', make: near(12, 12, 2) },
  { header: '车速', make: near(60, 40, 0, 'km/h') },
  { header: '电量', make: near(350, 300, 2, '千瓦时') },
  { header: '血压', make: (rnd) => `${rnd.int(95, 180)}/${rnd.int(55, 110)}` },
  { header: '心率', make: near(75, 30, 0) },
  { header: '体温', make: near(36.8, 1.5, 1, '℃') },
  { header: '身高', make: near(168, 25, 1) },
  { header: '体重', make: near(65, 30, 1, 'kg') },
  { header: '年龄', make: (rnd) => String(rnd.int(0, 99)) },
  { header: '人口', make: (rnd) => String(rnd.int(200, 900_000)) },
  { header: '户数', make: (rnd) => `${rnd.int(20, 9000)}户` },
  { header: '得分', make: near(80, 30, 1) },
  { header: '里程', make: near(4200, 6000, 1, '公里') },
  { header: '高程', make: near(1225.4, 300, 3) },
  { header: '尺寸', make: (rnd) => `${rnd.int(10, 900)}×${rnd.int(10, 900)}×${rnd.int(10, 900)}mm` },
  { header: '频率', make: near(50, 0.4, 4, 'Hz') },
  { header: 'pH值', make: near(7.2, 2, 2) },
  { header: '化学需氧量', make: near(22, 20, 1, 'mg/L') },
  { header: '经度', make: (rnd) => (105 + rnd.unit()).toFixed(1) },
  { header: '中心纬度', make: (rnd) => (37 + rnd.unit()).toFixed(1) },
  { header: '网格中心', make: (rnd) => `${(104 + rnd.unit()).toFixed(1)},${(37 + rnd.unit()).toFixed(1)}` },
  { header: '浮点', make: (rnd) => String(rnd.unit()) },
  { header: '区间', make: (rnd) => `${rnd.int(1, 40)}-${rnd.int(41, 99)}岁` },
  { header: '桩号', make: (rnd) => `K${rnd.int(1, 999)}+${pad(rnd.int(0, 999), 3)}` },
  { header: '经向位移与纬向位移', make: (rnd) => `${normal(rnd, 0, 2, 4)},${normal(rnd, 0, 2, 4)}` },
  { header: '列表', make: (rnd) => `[${rnd.int(1, 99)}, ${rnd.int(1, 99)}, ${rnd.int(1, 99)}]` },
  {
    header: '评分明细',
    make: (rnd) => JSON.stringify({ score: rnd.int(1, 100), level: rnd.pick(['A', 'B']) }),
  },
  {
    header: '方位',
    make: (rnd) => `${rnd.letter('东西南北')}偏${rnd.letter('南北')}${rnd.int(1, 89)}度`,
  },
  { header: '比分', make: (rnd) => `${rnd.int(0, 9)}:${rnd.int(0, 9)}` },
  { header: '序号', make: (_, at) => String(at + 1) },
  { header: '空值多', make: (rnd) => (rnd.unit() < 0.8 ? '' : String(rnd.int(1, 9))) },
  { header: '布尔', make: (rnd) => rnd.pick(['true', 'false', '是', '否', 'Y', 'N']) },
  { header: '随机字母', make: (rnd) => chars(rnd, rnd.int(3, 9), 'abcdefghijklmnopqrstuvwxyz') },
];
