/** What a year's disclosure knows and how it stands: codes, hashes, days; the words stand beside the case. */
import type { BusinessDate } from '../business-date.ts';
import type { DisclosureItem } from '../packs/topics/disclosure.ts';
import type { ItemStanding, StatedGround } from './items.ts';
import type { DisclosurePart } from './rules.ts';

/** What was drafted from the facts and what the body stated, by the hash over its canonical JSON. */
export type Draft = { hash: string; items: ItemStanding[]; figures: number };

export type YearlyFacts = {
  part: DisclosurePart;
  year: number;
  /** The body that owes it, and whose figures they are: null for those of the whole city. */
  body: string;
  operator: string | null;
  dueOn: BusinessDate;
  keptUntil: BusinessDate;
  draft: Draft;
};

export type YearlyState = {
  stage: 'gathering' | 'published' | 'closed';
  outcome: 'closed' | null;
  items: ItemStanding[];
  /** Something was missing when the last day had passed. */
  overdue: boolean;
  /** Of what was published; 0 before. */
  version: number;
  hash: string | null;
  /** Stated since the last version. */
  unpublished: DisclosureItem[];
};

/** Why a version takes the place of the one before. */
export const correctionGrounds = ['itemSupplied', 'figuresChanged', 'errorFound', 'directed'] as const;
export type CorrectionGround = (typeof correctionGrounds)[number];

export type YearlyAct =
  | { kind: 'supplyItem'; item: DisclosureItem; words: string; documents: string[]; draft: Draft }
  | { kind: 'stateEmpty'; item: DisclosureItem; ground: StatedGround; words: string; draft: Draft }
  | { kind: 'publishDisclosure'; draft: Draft; bySchedule: boolean }
  | { kind: 'correctDisclosure'; draft: Draft; grounds: CorrectionGround[] };
