/**
 * Linkage risk (X6; 国家 二十一 加强数据关联汇聚风险识别和管控): what a merchant's running grants and products tell of the same people
 * together that none of them tells alone. Shown, and no verdict. Pure; the same holdings in any order give the same sets.
 */
import type { FieldGrade } from '../resource.ts';
import { type FieldKind, fieldKinds, kindOfField, plainName } from './field-kinds.ts';

/** A field somebody holds. `name` is null where only its mark is known; `origin` is the source's own field, name or mark. */
export type HeldField = {
  name: string | null;
  /** What it is, where that is told and not its name. */
  kind?: FieldKind | null;
  origins: { resource: string; field: string }[];
  grade: FieldGrade | null;
  /** Declared to single people out together with others. */
  quasi: boolean;
};
export type Holding = { kind: 'grant' | 'product'; id: string; fields: HeldField[] };

/** How holdings can be put together, strongest first. */
export const linkageJoins = {
  directIdentifier: { zh: '可凭同一直接标识关联', en: 'Joined by a direct identifier both carry' },
  subjectKey: { zh: '可凭同一主体编号关联', en: 'Joined by the number of a subject both carry' },
  sameSourceField: {
    zh: '含同一来源的同一受保护字段，可据以比对',
    en: 'Joined by a protected field of one source both carry',
  },
  severalQuasiIdentifiers: {
    zh: '共有多个准标识字段，合并后可比对',
    en: 'Joined by several quasi-identifiers both carry',
  },
} as const;
export type LinkageJoin = keyof typeof linkageJoins;

/** What comes of it. */
export const linkageEffects = {
  moreIdentifying: {
    zh: '合并后可识别字段多于任何一项',
    en: 'Together they cover more identifying fields than any alone',
  },
  namesTheUnnamed: {
    zh: '不含直接标识的数据可与直接标识关联',
    en: 'Data without direct identifiers meets them',
  },
  acrossResources: { zh: '关联了不同来源的数据', en: 'Data of different sources comes together' },
} as const;
export type LinkageEffect = keyof typeof linkageEffects;

/** Something a field tells of its subject: a known kind, or a protected or declared field by itself. */
export type LinkedAttribute = {
  code: string;
  kind: FieldKind | null;
  role: 'direct' | 'key' | 'quasi' | 'protected';
};

export type LinkageSet = {
  /** Kind and id, in order. */
  holdings: { kind: Holding['kind']; id: string; attributes: string[]; onlyHere: string[] }[];
  attributes: LinkedAttribute[];
  /** Identifying fields together, and the most that one of them has alone. */
  together: number;
  mostAlone: number;
  joins: { code: LinkageJoin; attributes: string[]; between: [string, string] }[];
  effects: LinkageEffect[];
};

/** As few quasi-identifiers as are taken for a join: one alone (a sex, a district) puts nobody together with himself. */
const severalQuasi = 2;

const protectedGrades: readonly (FieldGrade | null)[] = ['personal', 'tradeSecret', 'important', 'core'];

const attributeOf = (field: HeldField): LinkedAttribute | undefined => {
  if (field.grade === 'general' && !field.quasi) return undefined; // a station's address identifies nobody
  const kind = field.kind ?? (field.name === null ? undefined : kindOfField(field.name));
  if (kind) return { code: kind, kind, role: fieldKinds[kind].role };
  const origin = field.origins.map(textOf).toSorted(byText)[0];
  const code = origin ?? (field.name === null ? undefined : `:${plainName(field.name)}`);
  if (code === undefined) return undefined;
  if (field.quasi) return { code, kind: null, role: 'quasi' };
  return protectedGrades.includes(field.grade) ? { code, kind: null, role: 'protected' } : undefined;
};
const textOf = ({ resource, field }: { resource: string; field: string }): string =>
  `${resource}:${plainName(field)}`;

type Seen = {
  holding: Holding;
  key: string;
  attributes: Map<string, LinkedAttribute>;
  resources: Set<string>;
};

const seen = (holding: Holding): Seen => ({
  holding,
  key: `${holding.kind}:${holding.id}`,
  attributes: new Map(
    holding.fields
      .flatMap((field) => attributeOf(field) ?? [])
      .toSorted((a, b) => byText(a.code, b.code))
      .map((attribute) => [attribute.code, attribute]),
  ),
  resources: new Set(holding.fields.flatMap(({ origins }) => origins.map(({ resource }) => resource))),
});

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const joinsOf = (a: Seen, b: Seen): LinkageSet['joins'] => {
  const common = [...a.attributes.values()].filter(({ code }) => b.attributes.has(code));
  const of = (role: LinkedAttribute['role']) =>
    common.filter((one) => one.role === role).map(({ code }) => code);
  const join = (code: LinkageJoin, attributes: string[], least = 1): LinkageSet['joins'] =>
    attributes.length < least ? [] : [{ code, attributes, between: [a.key, b.key] }];
  return [
    ...join('directIdentifier', of('direct')),
    ...join('subjectKey', of('key')),
    ...join('sameSourceField', of('protected')),
    ...join('severalQuasiIdentifiers', of('quasi'), severalQuasi),
  ];
};

/** Holdings that can be joined, one with another or through others. */
const groupsOf = (all: Seen[], joins: LinkageSet['joins']): Seen[][] => {
  const groupOf = new Map(all.map(({ key }) => [key, key]));
  for (const { between } of joins) {
    const [into, from] = between.map((key) => groupOf.get(key));
    for (const [key, group] of groupOf) if (group === from && into !== undefined) groupOf.set(key, into);
  }
  return [...Map.groupBy(all, ({ key }) => groupOf.get(key)).values()].filter((group) => group.length > 1);
};

const setOf = (group: Seen[], joins: LinkageSet['joins']): LinkageSet[] => {
  const attributes = new Map(group.flatMap((one) => [...one.attributes]));
  const mostAlone = Math.max(...group.map((one) => one.attributes.size));
  if (attributes.size <= mostAlone) return [];
  const direct = (one: Seen) => [...one.attributes.values()].some(({ role }) => role === 'direct');
  const resources = new Set(group.flatMap((one) => [...one.resources]));
  const effects: LinkageEffect[] = ['moreIdentifying'];
  if (group.some(direct) && !group.every(direct)) effects.push('namesTheUnnamed');
  if (group.every((one) => one.resources.size < resources.size)) effects.push('acrossResources');
  const keys = new Set(group.map(({ key }) => key));
  return [
    {
      holdings: group.map((one) => ({
        kind: one.holding.kind,
        id: one.holding.id,
        attributes: [...one.attributes.keys()],
        onlyHere: [...one.attributes.keys()].filter((code) =>
          group.every((other) => other === one || !other.attributes.has(code)),
        ),
      })),
      attributes: [...attributes.values()].toSorted((a, b) => byText(a.code, b.code)),
      together: attributes.size,
      mostAlone,
      joins: joins.filter(({ between }) => between.every((key) => keys.has(key))),
      effects,
    },
  ];
};

/**
 * The sets of one merchant's holdings that together cover more identifying fields than any of them alone, those that
 * cover most first. Holdings without a common key tell nothing together and make no set.
 */
export const linkageOf = (holdings: readonly Holding[]): LinkageSet[] => {
  const all = holdings.map(seen).toSorted((a, b) => byText(a.key, b.key));
  const joins = all.flatMap((a, at) => all.slice(at + 1).flatMap((b) => joinsOf(a, b)));
  return groupsOf(all, joins)
    .flatMap((group) => setOf(group, joins))
    .toSorted((a, b) => b.together - a.together || byText(a.holdings[0]?.id ?? '', b.holdings[0]?.id ?? ''));
};
