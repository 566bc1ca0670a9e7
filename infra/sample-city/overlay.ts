/**
 * What we lay over the list for demonstration: levels, classes, grades, reviewers, closings, consents. All made up, all
 * labelled; chosen by rules over the list and no chance, so that the same source gives the same city.
 */
import type { ReviewerKind } from '@gongshu/shared/resource';
import type { SampleEntry } from './catalogue.ts';
import { counties, countyBureauOf } from './parties.ts';

/** Where the loader takes the entry; `waiting` stays compiled, because class and grade are missing. */
export type Goal = 'public' | 'submitted' | 'collected' | 'waiting' | 'closed';

export type OverlayEntry = {
  key: string;
  overlay: 'demonstration';
  goal: Goal;
  level: 'city' | 'county';
  /** The county bureau, for an entry of a county. */
  authority: string | null;
  classification: string | null;
  /** Levels 1 to 4 of general data, after GB/T 43697-2024. */
  grade: string | null;
  reviewer: { kind: ReviewerKind; organisation: string };
  /** Names of fields graded personal; the others are general. */
  personalFields: string[];
  /** Why it is closed, in the codes of the policy packs. */
  closedReason: string | null;
  consent: { provider: string; documentTitle: string; consentedOn: string; scope: string } | null;
};

const personal = /姓名|身[份分]证|出生|住址|手机|户籍地址|联[系络]人|负责人|董事长|职称/;
const located = /地址|经度|纬度|座标|坐标/;

const personalFieldsOf = ({ fields }: SampleEntry): string[] => [
  ...new Set(fields.filter(({ name }) => personal.test(name)).map(({ name }) => name)),
];
const gradeOf = (entry: SampleEntry): string => {
  if (personalFieldsOf(entry).length > 0) return '一般数据3级';
  return entry.fields.some(({ name }) => located.test(name)) ? '一般数据2级' : '一般数据1级';
};

const entryOf = (entry: SampleEntry, change: Partial<OverlayEntry> = {}): OverlayEntry => ({
  key: entry.key,
  overlay: 'demonstration',
  goal: 'public',
  level: 'city',
  authority: null,
  classification: entry.classification,
  grade: gradeOf(entry),
  reviewer: { kind: 'sourceDepartment', organisation: entry.provider.id },
  personalFields: personalFieldsOf(entry),
  closedReason: null,
  consent: null,
  ...change,
});

const ungraded = { classification: null, grade: null, personalFields: [] };

/** Closed on purpose: the first entries whose title says so. */
const closings: readonly (readonly [titles: RegExp, reason: string, most: number])[] = [
  [/战备|军方|防空避难|新训单位/, 'harmsNationalSecurity', 4],
  [/性侵害|家暴|家庭暴力/, 'infringesPrivacy', 4],
  [/里长通信录|财产申报|艺术家名单|表扬名单|名人|芳名录/, 'infringesPersonalInformation', 6],
  [/采购审核/, 'workSecrets', 2],
  [/监视器|检举/, 'closedToOpening', 3],
  [/资本额明细|厂商名录/, 'infringesTradeSecrets', 2],
];

/** Cities' entries that open, per department; without personal fields. */
const openings: Readonly<Record<string, number>> = {
  'dept-transport': 10,
  'dept-environment': 10,
  'dept-health': 8,
  'dept-land': 8,
  'dept-water': 8,
  'dept-tourism': 6,
  'dept-fire': 6,
  'dept-economy': 6,
  'dept-metro': 4,
};
/** Of these the first are handed to the operator by the review norm (审核规范). */
const byOperator: Readonly<Record<string, number>> = { 'dept-transport': 4, 'dept-metro': 4 };
const countyShare: readonly number[] = [15, 13, 12];

const ofCounties = (free: SampleEntry[]): OverlayEntry[] =>
  counties.flatMap((county, index) => {
    const bureau = countyBureauOf(county);
    const found = free.filter(({ title }) => title.includes(county)).slice(0, countyShare[index]);
    return found.map((entry, at) =>
      entryOf(entry, {
        goal: at === found.length - 1 ? 'submitted' : at === found.length - 2 ? 'collected' : 'public',
        level: 'county',
        authority: bureau,
        reviewer: { kind: 'countyAuthority', organisation: bureau },
      }),
    );
  });

const ofCity = (free: SampleEntry[]): OverlayEntry[] =>
  Object.entries(openings).flatMap(([department, most]) =>
    free
      .filter((entry) => entry.provider.id === department && personalFieldsOf(entry).length === 0)
      .slice(0, most)
      .map((entry, at) =>
        entryOf(
          entry,
          at < (byOperator[department] ?? 0)
            ? { reviewer: { kind: 'operator', organisation: 'operator' } }
            : {},
        ),
      ),
  );

/** Two lists of the tax office rest on data that the land office shared with it, and agreed to. */
const ofSharing = (free: SampleEntry[]): OverlayEntry[] =>
  free
    .filter(({ provider, title }) => provider.id === 'dept-tax' && /地价税|房屋税/.test(title))
    .slice(0, 2)
    .map((entry, at) =>
      entryOf(entry, {
        consent: {
          provider: 'dept-land',
          documentTitle: `关于同意将共享数据用于授权运营的函（示例〔2024〕${at + 1}号）`,
          consentedOn: '2024-01-15',
          scope: '仅限汇总统计，不含权利人信息',
        },
      }),
    );

const ofFinance = (free: SampleEntry[]): OverlayEntry[] =>
  free
    .filter(({ provider }) => provider.id === 'dept-finance')
    .slice(0, 6)
    .map((entry) => entryOf(entry, { goal: 'waiting', ...ungraded }));

/** The overlay, each entry once, in the order of the list. */
export const overlay = (entries: readonly SampleEntry[]): OverlayEntry[] => {
  const taken = new Map<string, OverlayEntry>();
  const free = () => entries.filter(({ key }) => !taken.has(key));
  const take = (chosen: OverlayEntry[]) => {
    for (const one of chosen) taken.set(one.key, one);
  };
  for (const [titles, closedReason, most] of closings) {
    const found = free().filter(({ title }) => titles.test(title));
    take(found.slice(0, most).map((entry) => entryOf(entry, { goal: 'closed', closedReason, ...ungraded })));
  }
  for (const choose of [ofCounties, ofSharing, ofFinance, ofCity]) take(choose(free()));
  return entries.flatMap(({ key }) => taken.get(key) ?? []);
};
