/**
 * What the law asks of an egress (E1, E2, E4; 国家 二十一, 中卫 十七、二十三、二十八), kept from what happened alone and never read
 * from the machine: the measure its tests hold it to.
 */
import { fields, type Played, type Seen } from './egress-play.ts';
import type { Evidence, OpenedVote } from '@gongshu/shared/product/types';

type Ledger = {
  makers: Set<string>;
  attempt: number;
  checkers: readonly string[];
  votes: OpenedVote[];
  evidence: Evidence | null;
  exceptions: number[][];
  filed: boolean;
  agreed: boolean;
  listed: boolean;
  suspended: boolean;
  ended: boolean;
};

/** Two different checkers, none of whom made it, passed every field, and answered for every finding. */
const firstLock = ({ votes, makers, evidence, exceptions }: Ledger): boolean => {
  if (!evidence || evidence.verdict === 'refused') return false;
  const checkers = new Set(votes.map(({ checker }) => checker));
  if (checkers.size !== 2 || [...checkers].some((one) => makers.has(one))) return false;
  if (
    !votes.every((vote) =>
      fields.every((field) => vote.fields.some((one) => one.field === field && one.pass)),
    )
  )
    return false;
  const answered = (item: number): boolean =>
    exceptions.some(
      (items, at) => items.includes(item) && votes.every((vote) => vote.exceptions.includes(at + 1)),
    ) ||
    evidence.publicItems.some(
      ({ source, items }) => items.includes(item) && votes.every((vote) => vote.sources.includes(source)),
    );
  return Array.from({ length: evidence.items }, (_, at) => at + 1).every(answered);
};

const offTheList = (ledger: Ledger): void => {
  Object.assign(ledger, { votes: [], filed: false, agreed: false, listed: false });
};

const afterMove = (ledger: Ledger, { move, taken }: Seen): string[] => {
  if (!taken) return [];
  switch (move.kind) {
    case 'replaceArtefact':
      ledger.makers.add(move.author);
      offTheList(ledger);
      Object.assign(ledger, { evidence: null, exceptions: [], attempt: ledger.attempt + 1 });
      return [];
    case 'recordEvidence':
      ledger.evidence = move;
      return move.attempt === ledger.attempt ? [] : ['evidence of another artefact counts'];
    case 'requestException':
      ledger.exceptions = [...ledger.exceptions, move.items];
      offTheList(ledger);
      return [];
    case 'nameCheckers':
      if (!ledger.votes.every(({ checker }) => move.checkers.includes(checker))) ledger.votes = [];
      ledger.checkers = move.checkers;
      return [];
    case 'vote': {
      const { checker, pass, exceptions = [], sources = [] } = move;
      if (!ledger.checkers.includes(checker)) return ['somebody who was not named voted'];
      if (ledger.votes.some((one) => one.checker === checker)) return ['somebody voted twice'];
      const given = fields.map((field) => ({ field, pass, reasonCodes: [] }));
      ledger.votes = [...ledger.votes, { checker, fields: given, exceptions, sources }];
      return [];
    }
    case 'fileProduct':
      ledger.filed = true;
      return firstLock(ledger) ? [] : ['filed before the first lock'];
    case 'agreeProduct': {
      const { filed } = ledger;
      ledger.agreed = filed;
      return filed ? [] : ['agreed to what was not filed'];
    }
    case 'returnProduct':
    case 'reopenForLink':
      offTheList(ledger);
      if (move.kind === 'reopenForLink') ledger.checkers = [];
      return [];
    case 'castVote': // forged: no vote of anybody
    case 'releaseProduct':
    case 'suspendProduct':
    case 'restoreProduct':
    case 'suspendByOrder':
    case 'restoreByOrder':
    case 'recallProduct':
    case 'retireProduct':
    case 'withdrawProduct':
    case 'periodEnds':
      return []; // judged by the entries they bring
  }
};

const ends: readonly string[] = ['recalled', 'retired', 'withdrawn', 'lapsed'];

const afterEntry = (ledger: Ledger, kind: string): string[] => {
  if (ledger.ended) return [`${kind} after the end`];
  const bothLocks = ledger.filed && ledger.agreed && firstLock(ledger);
  if (ends.includes(kind)) ledger.ended = true;
  switch (kind) {
    case 'checkPassed':
      return firstLock(ledger) ? [] : ['passed without two votes of its checkers'];
    case 'listed':
      ledger.listed = true;
      return bothLocks ? [] : ['listed without both locks'];
    case 'released':
      return [
        ...(bothLocks ? [] : ['released without both locks']),
        ...(ledger.listed ? [] : ['released outside the list']),
        ...(ledger.suspended ? ['released while suspended'] : []),
      ];
    case 'suspended':
    case 'restored':
      ledger.suspended = kind === 'suspended';
      return [];
    default:
      return [];
  }
};

/** Where the law was broken, in order; an empty list where it was kept. */
export const faultsIn = ({ seen }: Played, maker: string): string[] => {
  const ledger: Ledger = {
    ...{ makers: new Set([maker]), attempt: 1, checkers: [], votes: [], evidence: null, exceptions: [] },
    ...{ filed: false, agreed: false, listed: false, suspended: false, ended: false },
  };
  return seen.flatMap((one) => {
    const ended = ledger.ended && one.taken ? ['an act is taken after the end'] : [];
    return [
      ...ended,
      ...afterMove(ledger, one),
      ...one.entries.flatMap(({ kind }) => afterEntry(ledger, kind)),
    ];
  });
};
