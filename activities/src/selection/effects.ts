/** What an entry of a selection changes beside its case: who takes part, which sheets and votes count, what is published. */
import { takePart } from '@gongshu/infra/procedures/bodies';
import { publish, withdrawAllOf } from '@gongshu/infra/publications/publish';
import type { SelectionTables } from '@gongshu/infra/selections/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import { noticeKey } from '@gongshu/shared/selection/deciding';
import type { SelectionStart, SelectionState } from '@gongshu/shared/selection/types';
import type { Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';
import { type Occasion, releaseOf } from './ocds.ts';

type Trx = Transaction<SelectionTables>;

const admit = (trx: Trx, caseNo: string, organisations: readonly string[], role: string): Promise<void> =>
  takePart(
    trx,
    caseNo,
    [...new Set(organisations)].map((organisation) => ({ organisation, role })),
  );

const invitees = async (trx: Trx, caseNo: string): Promise<string[]> =>
  (
    await trx.selectFrom('selection_invitee').select('organisation').where('case_no', '=', caseNo).execute()
  ).map(({ organisation }) => organisation);

const organisationsOf = async (
  trx: Trx,
  caseNo: string,
  { poolHash }: SelectionState,
  members: readonly string[],
): Promise<string[]> => {
  if (members.length === 0) return [];
  const rows = await trx
    .selectFrom('selection_member')
    .select('organisation')
    .where('case_no', '=', caseNo)
    .where('pool_hash', '=', poolHash ?? '')
    .where('member', 'in', [...members])
    .execute();
  return rows.map(({ organisation }) => organisation);
};

type Told = {
  kind: string;
  title: { zh: string; en: string };
  content: object;
  /** Its last day, where it has one. */
  until?: string | null;
};

/** What everyone may read of an entry; nothing of a bid before the opening, of an expert never. */
const toldOf = async (
  trx: Trx,
  { start: untyped, entry, readings }: Pick<EffectOf, 'start' | 'entry' | 'readings'>,
): Promise<Told | undefined> => {
  const start = untyped as SelectionStart;
  const { caseNo, jurisdictionTitle } = start;
  const told = (kind: string, zh: string, en: string, content: object): Told => ({
    kind,
    title: { zh: `${jurisdictionTitle} ${zh} ${caseNo}`, en: `${en} ${caseNo}` },
    content: { caseNo, ...content },
  });
  const { data } = entry;
  switch (entry.kind) {
    case 'announced': {
      const paper = await trx
        .selectFrom('selection_paper')
        .select('contents')
        .where('case_no', '=', caseNo)
        .where('content_hash', '=', String(data['contentHash']))
        .executeTakeFirstOrThrow();
      return told('selectionAnnouncement', '运营机构遴选公告', 'Selection of the operator', {
        ...{ mode: data['mode'], closesOn: data['closesOn'], contents: paper.contents },
      });
    }
    case 'assessed':
      return start.rules.resultPublished
        ? told('selectionResult', '评选结果', 'Result of the assessment', { winner: data['winner'] })
        : undefined;
    case 'noticePublished':
      return {
        ...told('selectionNotice', '评选结果公示', 'Public notice of the result', {
          ...{ winner: data['winner'], workingDays: data['workingDays'] },
        }),
        until: readings[noticeKey({ notices: Number(data['notice']) })]?.lastDay ?? null,
      };
    case 'failed':
      return told('selectionFailed', '遴选失败公告', 'The selection has failed', { reason: data['reason'] });
    default:
      return undefined;
  }
};

/** The OCDS releases that entries make, in the order of the case. */
const occasions: Readonly<Record<string, Occasion>> = {
  announced: { tags: ['tender'], status: 'active' },
  bidsOpened: { tags: ['tenderUpdate'], status: 'active' },
  assessed: { tags: ['award'], status: 'complete', award: 'pending' },
  selected: { tags: ['awardUpdate'], status: 'complete', award: 'active' },
  failed: { tags: ['tenderUpdate'], status: 'unsuccessful' },
  withdrawn: { tags: ['tenderCancellation'], status: 'cancelled' },
};

/** The result that stood in notice stands no more: an objection was upheld, or the selection was withdrawn. */
const withdrawNotice = async (trx: Trx, { start, entry, actor }: EffectOf): Promise<void> => {
  const upheld = entry.kind === 'objectionAnswered' && entry.data['outcome'] === 'upheld';
  if (!upheld && entry.kind !== 'withdrawn') return;
  await withdrawAllOf(trx, {
    ...{ subject: start.caseNo, kind: 'selectionNotice', rests: entry.rests, actor, at: new Date(entry.at) },
    reason: { code: upheld ? 'objectionUpheld' : 'selectionWithdrawn' },
  });
};

const publishAll = async (trx: Trx, of: EffectOf): Promise<void> => {
  const { start, entry, actor } = of;
  const { jurisdiction, caseNo: subject } = start;
  const at = new Date(entry.at);
  const from = businessDateOf(entry.at);
  const told = await toldOf(trx, of);
  if (told) await publish(trx, { jurisdiction, subject, ...told, from, rests: entry.rests, actor, at });
  const occasion = occasions[entry.kind];
  if (!occasion) return;
  const content = await releaseOf(trx, of, occasion);
  if (content)
    await publish(trx, {
      ...{ jurisdiction, subject, kind: 'ocdsRelease', content, from, rests: entry.rests, actor, at },
      title: { zh: `${subject} 开放契约数据（OCDS 1.1）`, en: `${subject}, OCDS 1.1 release` },
    });
};

export const selectionEffects: Effects = async (untyped, of) => {
  const trx = untyped as unknown as Trx;
  const { start, entry } = of;
  const { caseNo } = start;
  const state = of.state as SelectionState;
  switch (entry.kind) {
    case 'invited':
      await admit(trx, caseNo, await invitees(trx, caseNo), 'invitee');
      break;
    case 'committeeDrawn': {
      const members = state.panel.map(({ id }) => id);
      await admit(trx, caseNo, await organisationsOf(trx, caseNo, state, members), 'expert');
      break;
    }
    case 'substituteDrawn': {
      const member = String(entry.data['expert']);
      await admit(trx, caseNo, await organisationsOf(trx, caseNo, state, [member]), 'expert');
      break;
    }
    case 'bidsOpened': {
      const bids = entry.data['bids'] as { bidder: string }[];
      await admit(
        trx,
        caseNo,
        bids.map(({ bidder }) => bidder),
        'bidder',
      );
      break;
    }
    case 'sheetReceived':
    case 'tieVoted':
      await trx
        .updateTable(entry.kind === 'sheetReceived' ? 'selection_sheet' : 'selection_vote')
        .set({ accepted_at: new Date(entry.at) })
        .where('receipt', '=', entry.receipt ?? '')
        .execute();
      break;
  }
  await withdrawNotice(trx, of);
  await publishAll(trx, of);
};
