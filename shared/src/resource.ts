/** A public data resource as the catalog knows it: its states, codes and pure rules (C1–C5). */
import { addDays, type BusinessDate } from './business-date.ts';

/**
 * 编制 → 报送 → 审核 → 汇总 → 公开 → 登记; 关闭 and 暂停 from any of them. A pack's flow names the ones it uses:
 * Zhongwei art. 8 compiles, reports, collects, opens; Wuhai s.6 sorts, reviews, publishes in batches, registers.
 */
export const resourceStates = [
  'compiled',
  'submitted',
  'reviewed',
  'collected',
  'public',
  'registered',
  'closed',
  'suspended',
] as const;
export type ResourceState = (typeof resourceStates)[number];

/** In these states everyone sees the entry, and it is open to application. */
export const publishedStates = ['public', 'registered'] as const satisfies readonly ResourceState[];

/** Whether everyone sees an entry in this state. */
export const isPublished = (state: ResourceState): boolean => publishedStates.some((one) => one === state);

export const resourceLevels = ['city', 'county'] as const;
export type ResourceLevel = (typeof resourceLevels)[number];

/** Who reviews the use of an entry (Zhongwei art. 21). */
export const reviewerKinds = ['sourceDepartment', 'countyAuthority', 'operator'] as const;
export type ReviewerKind = (typeof reviewerKinds)[number];

/** Grades of a field that the supply of data depends on (Zhongwei art. 28); null is not yet graded. */
export const fieldGrades = ['general', 'personal', 'tradeSecret', 'important', 'core'] as const;
export type FieldGrade = (typeof fieldGrades)[number];

/** How often an entry's data are renewed, and after how long without renewal they are stale. */
export const frequencyPeriods = {
  realTime: { days: 1 },
  daily: { days: 1 },
  weekly: { days: 7 },
  monthly: { months: 1 },
  quarterly: { months: 3 },
  halfYearly: { months: 6 },
  yearly: { months: 12 },
  irregular: null,
} as const satisfies Record<string, { days: number } | { months: number } | null>;
export type UpdateFrequency = keyof typeof frequencyPeriods;
export const updateFrequencies = Object.keys(frequencyPeriods) as readonly UpdateFrequency[];

const frequencyWords: ReadonlyMap<string, UpdateFrequency> = new Map([
  ['实时', 'realTime'],
  ['即时', 'realTime'],
  ['每日', 'daily'],
  ['每天', 'daily'],
  ['每周', 'weekly'],
  ['每月', 'monthly'],
  ['每季', 'quarterly'],
  ['每季度', 'quarterly'],
  ['每半年', 'halfYearly'],
  ['半年', 'halfYearly'],
  ['每年', 'yearly'],
  ['不定期', 'irregular'],
]);

/** The code of a frequency written as a code or in simplified Chinese; `undefined` when it is neither. */
export const frequencyOf = (text: string): UpdateFrequency | undefined =>
  updateFrequencies.find((code) => code === text.trim()) ?? frequencyWords.get(text.trim());

/** The same day some months on, or the last day of that month. */
export const addMonths = (date: BusinessDate, months: number): BusinessDate => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const lastDay = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  const text = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(index / 12)}-${text((index % 12) + 1)}-${text(Math.min(day, lastDay))}`;
};

/**
 * The last day on which data of `updatedOn` are fresh, by the entry's own frequency (Zhongwei art. 9, Wuhai s.6);
 * `null` for an irregular one, which is never stale. A month ends on the same day, or on its last.
 */
export const freshUntil = (updatedOn: BusinessDate, frequency: UpdateFrequency): BusinessDate | null => {
  const period = frequencyPeriods[frequency];
  if (!period) return null;
  return 'days' in period ? addDays(updatedOn, period.days) : addMonths(updatedOn, period.months);
};

/** Number of an entry: readable when the department's key is plain, else `keyHash`, some digits of a hash of the key. */
export const resourceNo = (areaCode: string, sourceKey: string, keyHash: string): string =>
  `${areaCode}-RES-${/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(sourceKey) ? sourceKey : `X${keyHash}`}`;
