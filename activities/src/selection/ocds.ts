/** Releases of a selection after OCDS 1.1, from what its case has made public by then. */
import type { SelectionTables } from '@gongshu/infra/selections/tables';
import { endOfDay, toInstantText } from '@gongshu/shared/business-date';
import { ocdsRelease, type OcdsBody, type OcdsFacts, type OcdsTag } from '@gongshu/shared/selection/ocds';
import type { SelectionStart, SelectionState } from '@gongshu/shared/selection/types';
import { sql, type Transaction } from 'kysely';
import type { EffectOf } from '../procedure/effects.ts';

export type Occasion = {
  tags: readonly [OcdsTag, ...OcdsTag[]];
  status: NonNullable<OcdsFacts['tender']>['status'];
  award?: NonNullable<OcdsFacts['award']>['status'];
};

/** Assigned by the Open Contracting Partnership; `ocds-gongshu` until the installation names its own. */
const prefix = (env: NodeJS.ProcessEnv = process.env): string => env['GONGSHU_OCDS_PREFIX'] || 'ocds-gongshu';

const modeWords = {
  openTender: '公开招标',
  openCall: '公告申报',
  invitedTender: '邀请招标',
  negotiation: '谈判',
} as const;

const bodies = async (
  trx: Transaction<SelectionTables>,
  jurisdiction: string,
  ids: readonly string[],
): Promise<OcdsBody[]> => {
  const { rows } = await sql<{ id: string; name: string; uscc: string | null }>`
    select id, name, uscc from party
    where jurisdiction = ${jurisdiction} and id = any(${[...ids]}::text[])`.execute(trx);
  return ids.map((id) => rows.find((row) => row.id === id) ?? { id, name: id });
};

/** `undefined` where the case never went out: nothing was published that a release could follow. */
export const releaseOf = async (
  trx: Transaction<SelectionTables>,
  { start: untyped, entry, state: after, position }: EffectOf,
  { tags, status, award }: Occasion,
): Promise<object | undefined> => {
  const start = untyped as SelectionStart;
  const state = after as SelectionState;
  const { caseNo, jurisdiction, jurisdictionTitle, facts } = start;
  if (state.announcedAt === null || (facts.by === 'invitation' && entry.kind === 'withdrawn'))
    return undefined;
  const [authority = { id: start.authority, name: start.authority }] = await bodies(trx, jurisdiction, [
    start.authority,
  ]);
  const opened = state.bids.map(({ bidder }) => bidder);
  const paper = await trx
    .selectFrom('selection_paper')
    .select('contents')
    .where('case_no', '=', caseNo)
    .orderBy('given_at', 'desc')
    .executeTakeFirst();
  const named = entry.data['winner'] ?? state.winner;
  const winner = typeof named === 'string' ? named : '';
  const at = toInstantText(entry.at);
  const title = `${jurisdictionTitle} 公共数据资源授权运营机构遴选`;
  const closesAt = state.closedAt ?? (state.closesOn === null ? undefined : endOfDay(state.closesOn));
  return ocdsRelease(
    {
      ...{ prefix: prefix(), caseNo, authority },
      tender: {
        ...{
          title: paper?.contents['title'] ?? title,
          mode: facts.mode,
          modeWords: modeWords[facts.mode],
          status,
        },
        opensAt: toInstantText(state.announcedAt),
        ...(closesAt !== undefined && { closesAt: toInstantText(closesAt) }),
        ...(paper?.contents['conditions'] && { eligibility: paper.contents['conditions'] }),
        ...(paper?.contents['assessmentCriteria'] && { criteria: paper.contents['assessmentCriteria'] }),
        ...(opened.length > 0 && { tenderers: await bodies(trx, jurisdiction, opened) }),
      },
      ...(award && {
        award: { id: `${caseNo}-1`, status: award, at, suppliers: await bodies(trx, jurisdiction, [winner]) },
      }),
    },
    { tags, number: position + 1, at },
  );
};
