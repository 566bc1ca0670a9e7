/**
 * A year's disclosure (年度披露, S1, S2; notice of 2026-02-10): gathered from February, what is missing asked from the
 * body that owes it, published by the end of March with what is missing named as missing, corrected by new versions.
 */
import {
  type Entry,
  entryOf,
  type Given,
  type Machine,
  type Period,
  type ProcedureStart,
  type Refused,
  refuse,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import type { ItemStanding } from './items.ts';
import type { YearlyRules } from './rules.ts';
import type { Draft, YearlyAct, YearlyFacts, YearlyState } from './types.ts';

type Start = ProcedureStart<YearlyRules, YearlyFacts>;
type Of<K extends YearlyAct['kind']> = Given<Extract<YearlyAct, { kind: K }>>;
type Moved = Step<YearlyState> | Refused;

const missingIn = (items: readonly ItemStanding[]): string[] =>
  items.filter(({ state }) => state === 'missing').map(({ item }) => item);
const counted = (items: readonly ItemStanding[], state: ItemStanding['state']): number =>
  items.filter((one) => one.state === state).length;

const about = ({ facts: { part, year, body, operator } }: Start) => ({ part, year, body, operator });
const standing = (items: readonly ItemStanding[]) => ({
  ...{ present: counted(items, 'present'), empty: counted(items, 'empty') },
  missing: missingIn(items),
});
const restsOf = ({ rules }: Start) => rules.rests ?? undefined;
const itemRests = ({ rules }: Start, item: string) =>
  rules.items.find((one) => one.item === item)?.rests ?? restsOf({ rules } as Start);

/** The same items, in the pack's order: a draft says of each how it stands, of none twice. */
const whole = ({ rules }: Start, { items }: Draft): boolean =>
  items.length === rules.items.length && rules.items.every(({ item }, at) => items[at]?.item === item);

const stated = (start: Start, state: YearlyState, act: Of<'supplyItem'> | Of<'stateEmpty'>): Moved => {
  const before = state.items.find(({ item }) => item === act.item);
  if (!before) return refuse('disclosureItemUnknown', { item: act.item });
  if (act.kind === 'stateEmpty' && before.state !== 'missing')
    return refuse('disclosureItemNotMissing', { item: act.item });
  const unpublished = state.unpublished.includes(act.item)
    ? state.unpublished
    : [...state.unpublished, act.item];
  const { item, words } = act;
  const entry =
    act.kind === 'supplyItem'
      ? entryOf(
          'itemSupplied',
          act,
          { ...about(start), item, words, documents: act.documents, late: state.overdue },
          itemRests(start, item),
        )
      : entryOf(
          'itemStatedEmpty',
          act,
          { ...about(start), item, words, ground: act.ground, late: state.overdue },
          itemRests(start, item),
        );
  return step<YearlyState>({ ...state, items: act.draft.items, unpublished }, entry);
};

const versionOf = (start: Start, state: YearlyState, { hash, items, figures }: Draft) => ({
  ...{ ...about(start), version: state.version + 1, content: hash, figures },
  ...standing(items),
});

/** By the Schedule whatever stands; by the body itself only what is whole, until the last day has passed. */
const publish = (start: Start, state: YearlyState, act: Of<'publishDisclosure'>): Moved => {
  const { draft, bySchedule } = act;
  const left = missingIn(draft.items);
  if (!bySchedule && left.length > 0 && !state.overdue)
    return refuse('disclosureIncomplete', { items: left.join('、') });
  const entry = entryOf(
    'published',
    act,
    { ...versionOf(start, state, draft), bySchedule, late: state.overdue },
    restsOf(start),
  );
  return step<YearlyState>(
    {
      ...{ ...state, stage: 'published', items: draft.items, version: state.version + 1 },
      ...{ hash: draft.hash, unpublished: [] },
    },
    entry,
  );
};

const correct = (start: Start, state: YearlyState, act: Of<'correctDisclosure'>): Moved => {
  const { draft, grounds } = act;
  if (draft.hash === state.hash) return refuse('disclosureUnchanged');
  const entry = entryOf(
    'corrected',
    act,
    { ...versionOf(start, state, draft), replaces: state.hash, grounds, late: state.overdue },
    restsOf(start),
  );
  return step<YearlyState>(
    {
      ...{ ...state, items: draft.items, version: state.version + 1, hash: draft.hash },
      ...{ unpublished: [], overdue: state.overdue && missingIn(draft.items).length > 0 },
    },
    entry,
  );
};

/** Where each act has its place. */
const places: Record<YearlyAct['kind'], readonly YearlyState['stage'][]> = {
  supplyItem: ['gathering', 'published'],
  stateEmpty: ['gathering', 'published'],
  publishDisclosure: ['gathering'],
  correctDisclosure: ['published'],
};

const asked = (start: Start, items: readonly ItemStanding[], at: number): Entry[] =>
  missingIn(items).length === 0
    ? []
    : [
        entryOf(
          'itemsAsked',
          { at, receipt: null },
          { ...about(start), missing: missingIn(items), dueOn: start.facts.dueOn },
          restsOf(start),
        ),
      ];

export const yearlyDisclosureMachine: Machine<YearlyRules, YearlyFacts, YearlyState, YearlyAct> = {
  procedure: 'yearlyDisclosure',
  acts: Object.keys(places) as YearlyAct['kind'][],

  begin: (start) => {
    const { startedAt: at, facts, receipt } = start;
    const { draft, dueOn } = facts;
    const state: YearlyState = {
      ...{ stage: 'gathering', outcome: null, items: draft.items, overdue: false },
      ...{ version: 0, hash: null, unpublished: [] },
    };
    const opened = entryOf(
      'opened',
      { at, receipt },
      { ...about(start), dueOn, ...standing(draft.items) },
      restsOf(start),
    );
    return step(state, opened, ...asked(start, draft.items, at));
  },

  act: (start, state, act) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    if (!whole(start, act.draft)) return refuse('disclosureDraftMoved');
    switch (act.kind) {
      case 'supplyItem':
      case 'stateEmpty':
        return stated(start, state, act);
      case 'publishDisclosure':
        return publish(start, state, act);
      case 'correctDisclosure':
        return correct(start, state, act);
    }
  },

  periods: ({ rules, facts, startedAt: from }, { stage, items, overdue }): Period[] => [
    ...(!overdue && stage !== 'closed' && missingIn(items).length > 0
      ? [
          {
            ...{ key: 'items', from, limit: { on: facts.dueOn } },
            reminders: [...new Set([rules.remindBefore, 5, 1])].sort((a, b) => b - a),
            article: rules.rests ?? undefined,
          },
        ]
      : []),
    ...(stage === 'published'
      ? [{ key: 'kept', from, limit: { on: facts.keptUntil }, article: rules.rests ?? undefined }]
      : []),
  ],

  ended: (start, state, { key, at, lastDay }) =>
    key === 'kept'
      ? step(
          { ...state, stage: 'closed', outcome: 'closed' },
          entryOf(
            'closed',
            { at, receipt: null },
            { ...about(start), version: state.version },
            restsOf(start),
          ),
        )
      : step(
          { ...state, overdue: true },
          entryOf(
            'escalated',
            { at, receipt: null },
            { ...about(start), missing: missingIn(state.items), lastDay, to: start.rules.escalateTo },
            restsOf(start),
          ),
        ),

  waitsFor: ({ facts }, { stage, items, overdue, unpublished }): Waiting[] => {
    const role = facts.part === 'operator' ? 'operator' : 'bureau';
    const whose = { role, body: facts.body };
    const left = missingIn(items).length > 0;
    const due = overdue ? ({ overdue } as const) : { period: 'items' };
    if (stage === 'closed') return [];
    return [
      ...(left ? [{ act: 'supplyItem', ...whose, ...due }] : []),
      ...(stage === 'gathering' ? [{ act: 'publishDisclosure', ...whose, optional: true as const }] : []),
      ...(stage === 'published' && unpublished.length > 0 ? [{ act: 'correctDisclosure', ...whose }] : []),
    ];
  },

  words: ({ stage, outcome, items, overdue }) => {
    if (outcome) return '已归档';
    const left = missingIn(items).length;
    const words = stage === 'gathering' ? '归集披露事项' : '已披露';
    return `${words}${left > 0 ? `，缺 ${left} 项` : ''}${overdue ? '（逾期）' : ''}`;
  },
};
