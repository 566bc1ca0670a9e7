/** The catalog flow as a pack gives it: which steps there are, and what an entry needs to stand on one (C1, C2, C4, C5). */
import type { CatalogRules } from './packs/topics/catalog.ts';
import type { Party } from './packs/values.ts';
import type { Texts } from './problems/row.ts';
import { isPublished, type ResourceLevel, type ResourceState } from './resource.ts';

export type FlowStep = { state: ResourceState; by: Party; to: Party | undefined; batches: boolean };

const stateOfStep = { published: 'public' } as const;

/** The pack's steps in order, by the state an entry is in once the step is done. */
export const flowOf = (rules: CatalogRules): FlowStep[] =>
  rules.flow.map(({ step, by, to, batches }) => ({
    state: step === 'published' ? stateOfStep[step] : step,
    by,
    to,
    batches: batches ?? false,
  }));

/** The step that follows a state; `undefined` at the end of the flow, and for a state outside it. */
export const stepAfter = (flow: readonly FlowStep[], state: ResourceState): FlowStep | undefined => {
  const at = flow.findIndex((step) => step.state === state);
  return at >= 0 ? flow[at + 1] : state === 'compiled' ? flow[0] : undefined;
};

/** What the rules look at. */
export type EntryFacts = {
  title: string;
  providerName: string;
  abstract: string;
  fieldNames: readonly string[];
  updateFrequency: string | null;
  dataQuality: string | null;
  scenario: string | null;
  level: ResourceLevel | null;
  authority: string | null;
  reviewer: object | null;
  classification: string | null;
  grade: string | null;
  exclusions: readonly string[];
  otherLaw: readonly string[];
  otherLawBasis: string | null;
  obtainedBySharing: boolean;
  /** Whether a consent of the sharing provider stands. */
  consented: boolean;
};

export const shortfallCodes = [
  'resourceNeverEnters',
  'resourceUnderOtherLaw',
  'resourceUngraded',
  'resourceUnconsented',
  'resourceIncomplete',
] as const;
export type ShortfallCode = (typeof shortfallCodes)[number];

/** One thing that keeps an entry from a state: the rule's key, the place in the entry, and why. */
export type Shortfall = { code: ShortfallCode; rule: keyof CatalogRules; pointer: string; message: Texts };

const missing = (
  code: ShortfallCode,
  rule: keyof CatalogRules,
  pointer: string,
  zh: string,
  en: string,
): Shortfall => ({ code, rule, pointer, message: { zh: `缺少${zh}`, en: `${en} is missing` } });

const contents: Record<
  CatalogRules['entryContents'][number],
  { pointer: string; zh: string; en: string; has: (entry: EntryFacts) => boolean }
> = {
  name: { pointer: '/title', zh: '数据目录名称', en: 'The name', has: ({ title }) => title !== '' },
  provider: {
    pointer: '/provider',
    zh: '信息资源提供方',
    en: 'The provider',
    has: (e) => e.providerName !== '',
  },
  abstract: {
    pointer: '/abstract',
    zh: '数据摘要',
    en: 'The abstract',
    has: ({ abstract }) => abstract !== '',
  },
  fieldNames: {
    pointer: '/fields',
    zh: '信息项名称',
    en: 'The list of field names',
    has: ({ fieldNames }) => fieldNames.length > 0,
  },
  updateFrequency: {
    pointer: '/updateFrequency',
    zh: '更新频率',
    en: 'The update frequency',
    has: (entry) => entry.updateFrequency !== null,
  },
  dataQuality: {
    pointer: '/dataQuality',
    zh: '数据质量情况',
    en: 'The data quality',
    has: (entry) => entry.dataQuality !== null,
  },
  scenario: {
    pointer: '/scenario',
    zh: '应用场景',
    en: 'The scenario',
    has: (entry) => entry.scenario !== null,
  },
};

const excluded = (entry: EntryFacts, rules: CatalogRules): Shortfall[] =>
  entry.exclusions.flatMap((ground, index) =>
    rules.neverEnters.some((one) => one === ground)
      ? {
          code: 'resourceNeverEnters' as const,
          rule: 'neverEnters' as const,
          pointer: `/exclusions/${index}`,
          message: { zh: `属不得纳入情形：${ground}`, en: `Never enters the catalog: ${ground}` },
        }
      : [],
  );

const underOtherLaw = (entry: EntryFacts, rules: CatalogRules): Shortfall[] =>
  entry.otherLawBasis === null &&
  entry.otherLaw.some((kind) => rules.followsOtherLaw.some((one) => one === kind))
    ? [
        missing(
          'resourceUnderOtherLaw',
          'followsOtherLaw',
          '/otherLawBasis',
          '其他法律允许使用的依据',
          'The document that shows that the other law allows the use',
        ),
      ]
    : [];

const ungraded = (entry: EntryFacts): Shortfall[] => [
  ...(entry.classification === null
    ? [missing('resourceUngraded', 'classificationRequired', '/classification', '数据分类', 'The class')]
    : []),
  ...(entry.grade === null
    ? [missing('resourceUngraded', 'classificationRequired', '/grade', '数据分级', 'The grade')]
    : []),
];

const incomplete = (entry: EntryFacts, rules: CatalogRules): Shortfall[] => [
  ...rules.entryContents.flatMap((part) => {
    const { pointer, zh, en, has } = contents[part];
    return has(entry) ? [] : [missing('resourceIncomplete', 'entryContents', pointer, zh, en)];
  }),
  ...(rules.update.mode === 'statedFrequency' &&
  entry.updateFrequency === null &&
  !rules.entryContents.includes('updateFrequency')
    ? [missing('resourceIncomplete', 'update', '/updateFrequency', '更新频率', 'The update frequency')]
    : []),
  ...(entry.level === null ? [missing('resourceIncomplete', 'flow', '/level', '目录层级', 'The level')] : []),
  ...(entry.level === 'county' && entry.authority === null
    ? [missing('resourceIncomplete', 'flow', '/authority', '本级主管部门', 'The authority of its level')]
    : []),
  ...(entry.reviewer === null
    ? [missing('resourceIncomplete', 'flow', '/reviewer', '使用申请审核方', 'The reviewer of its use')]
    : []),
];

/**
 * All that keeps an entry from standing in `state`, gravest first; empty when it may. A compiled, closed or suspended
 * entry may lack anything. Class and grade are asked for from the step the pack names, at the latest before the public
 * sees the entry (final norm art. 5); the consent of a sharing provider before it is published (C4).
 */
export const shortfalls = (state: ResourceState, entry: EntryFacts, rules: CatalogRules): Shortfall[] => {
  if (state === 'compiled' || state === 'closed' || state === 'suspended') return [];
  const mustBeGraded = isPublished(state) || rules.classificationRequired.before === 'submitted';
  const consentMissing = isPublished(state) && entry.obtainedBySharing && !entry.consented;
  return [
    ...excluded(entry, rules),
    ...underOtherLaw(entry, rules),
    ...(mustBeGraded ? ungraded(entry) : []),
    ...(consentMissing
      ? [
          missing(
            'resourceUnconsented',
            'sharedDataConsent',
            '/obtainedBySharing',
            '数据提供单位的同意',
            'The consent of the provider who shared the data',
          ),
        ]
      : []),
    ...incomplete(entry, rules),
  ];
};
