/**
 * What a year's disclosure says (S1, S2): its items as they stand, figures, tables, what the body said itself. Canonical
 * JSON of this is what is published and hashed; ids, codes, amounts in whole fen, and the body's own words.
 */
import type { Fact } from '../disclosure-facts/fact.ts';
import { productsAt } from '../disclosure-facts/products.ts';
import {
  ceilingsAt,
  evaluationsIn,
  mandatesIn,
  serviceFeesAt,
  tariffsAt,
} from '../disclosure-facts/standing.ts';
import type { DisclosureItem } from '../packs/topics/disclosure.ts';
import type { ArticleRef } from '../problems.ts';
import { type Figure, figureOf, type Of } from './figures.ts';
import { openResources } from './operators.ts';
import { figuresOfItem, figuresOfPart, type ItemStanding, itemsOf, type Stated } from './items.ts';
import type { DisclosurePart, YearlyRules } from './rules.ts';

/** A table is cut after so many rows and says how many there are: the whole of it stands on the pages it is from. */
export const longestTable = 100;

export type Table = { name: string; columns: string[]; rows: Cell[][]; of: number };
export type Cell = string | number | boolean | null;
export type ItemContent = {
  item: DisclosureItem;
  state: ItemStanding['state'];
  ground: string | null;
  article: string | null;
  instrument: string | null;
  statement: string | null;
  figures: { name: string; unit: Figure['unit']; value: number }[];
  tables: Table[];
};
export type YearlyContent = {
  form: 'gongshu-yearly-disclosure-1';
  jurisdiction: string;
  part: DisclosurePart;
  year: number;
  body: string;
  operator: string | null;
  items: ItemContent[];
};

const table = <R extends object>(
  name: string,
  rows: readonly R[],
  columns: readonly (keyof R & string)[],
): Table => ({
  ...{ name, columns: [...columns], of: rows.length },
  rows: rows
    .slice(0, longestTable)
    .map((row) => columns.map((column) => cell((row as Record<string, unknown>)[column]))),
});
const cell = (value: unknown): Cell => {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

/** The tables of an item; those whose figures alone are disclosed have none. */
const tablesOf = (item: DisclosureItem, facts: readonly Fact[], of: Of): Table[] => {
  const { span, operator } = of;
  const mine = <R extends { operator: string }>(rows: readonly R[]): R[] =>
    rows.filter((one) => operator === null || one.operator === operator);
  const mandates = () => mine(mandatesIn(facts, span));
  switch (item) {
    case 'grantee':
      return [table('mandates', mandates(), ['agreement', 'operator', 'state'])];
    case 'scope':
      return [table('mandateScope', mandates(), ['agreement', 'mode', 'fields', 'scenarios'])];
    case 'term':
      return [table('mandateTerm', mandates(), ['agreement', 'from', 'until'])];
    case 'feeCeilings':
      return [
        table('ceilings', mine(ceilingsAt(facts, span.until)), ['product', 'unit', 'fen', 'from', 'caseNo']),
      ];
    case 'authorisedResources':
    case 'subject':
      return [
        table('resources', openResources(facts, of), ['resource', 'provider', 'publishedOn', 'supplied']),
      ];
    case 'productList':
      return [
        table('products', mine(productsAt(facts, span.until)), [
          ...(['product', 'registrationCode', 'version', 'class', 'purpose', 'owner', 'suspended'] as const),
        ]),
        table('serviceFees', mine(serviceFeesAt(facts, span.until)), ['item', 'kind', 'unit', 'fen']),
      ];
    case 'actualFees':
      return [
        table('tariffs', mine(tariffsAt(facts, span.until)), [
          ...([
            'tariff',
            'product',
            'unit',
            'class',
            'scenario',
            'purpose',
            'fen',
            'discount',
            'from',
          ] as const),
        ]),
      ];
    case 'evaluationResults':
      return [
        table('evaluations', mine(evaluationsIn(facts, span)), [
          ...(['caseNo', 'operator', 'year', 'round', 'outcome', 'shown'] as const),
        ]),
      ];
    case 'ownParticulars':
    case 'resourceUse':
    case 'operation':
      return [];
  }
};

export type Made = { content: YearlyContent; items: ItemStanding[]; figures: Figure[] };

/** `said`: the words of the body by item, beside what it stated. */
export const makeYearly = (
  about: Pick<YearlyContent, 'jurisdiction' | 'part' | 'year' | 'body' | 'operator'>,
  rules: YearlyRules,
  facts: readonly Fact[],
  { stated, said }: { stated: Stated; said: Partial<Record<DisclosureItem, string>> },
): Made => {
  const { part, year, operator } = about;
  const of: Of = { span: { from: `${year}-01-01`, until: `${year}-12-31` }, operator };
  const items = itemsOf(part, rules, facts, of, stated);
  const rests = new Map<string, ArticleRef | null>(rules.items.map(({ item, rests }) => [item, rests]));
  return {
    items,
    figures: figuresOfPart(part, rules, facts, of),
    content: {
      ...{ form: 'gongshu-yearly-disclosure-1', ...about },
      items: items.map(({ item, state, ground }) => ({
        ...{ item, state, ground, statement: said[item] ?? null },
        article: rests.get(item)?.article ?? null,
        instrument: rests.get(item)?.instrument ?? null,
        figures: figuresOfItem(part)[item].map((name) => {
          const { unit, value } = figureOf(facts, of, name);
          return { name, unit, value };
        }),
        tables: tablesOf(item, facts, of),
      })),
    },
  };
};
