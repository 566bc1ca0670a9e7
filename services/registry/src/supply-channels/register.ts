/** The register of channels beside the platform: registered, assessed by the parties, merged or closed (O11). */
import { randomUUID } from 'node:crypto';
import type { Reason } from '@gongshu/infra/cases/tables';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { type Change, record } from '@gongshu/infra/record';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { RegistryTables } from '../tables.ts';
import { assessorsOf, channelRule, type ChannelRow, mustStandBefore, operatorsOn } from './law.ts';
import type { ChannelKind, ChannelTables, Criterion } from './tables.ts';

export type ChannelDb = Kysely<ChannelTables & RegistryTables>;
type Trx = Transaction<ChannelTables & RegistryTables>;
export type By = { id: string; role: string; organisation: string; at: Date };

export type GivenChannel = {
  department: string;
  recipient: string;
  kind: ChannelKind;
  resources: string[];
  since: string;
  ground: string;
  approval: string | null;
};

const change = (
  row: ChannelRow,
  name: string,
  { id, role, organisation, at }: By,
  data: object,
  key = '',
): Change =>
  ({
    key: `${row.id}/${name}${key}`,
    type: `supplyChannel.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor: { id, role, organisation },
    data: {
      ...{ channel: row.id, department: row.department, kind: row.kind },
      at: toInstantText(at.getTime()),
      ...data,
    },
  }) as Change;

const departmentOf = async (trx: Trx, jurisdiction: string, id: string) => {
  const party = await trx
    .selectFrom('party')
    .select(['kind', 'county'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst();
  if (party?.kind === 'sourceDepartment' || party?.kind === 'countyBureau') return party;
  throw problem('departmentUnknown', {
    errors: [
      {
        pointer: '/body/department',
        code: 'departmentUnknown',
        message: { zh: '未登记为数源部门或县区数据局', en: 'No department or county bureau of the city' },
      },
    ],
  });
};

/**
 * Registers a channel. Throws `dateAhead`, `departmentUnknown`, `documentUnknown` (422), and `channelForbidden` (409)
 * with the article for one that begins beside a mandate where the pack forbids it.
 */
export const registerChannel = (
  db: ChannelDb,
  pack: ResolvedPack,
  given: GivenChannel,
  by: By,
): Promise<ChannelRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = pack;
    const { organisation, at } = by;
    const today = businessDateOf(at.getTime());
    if (given.since > today)
      throw problem('dateAhead', {
        params: { today },
        errors: [
          {
            pointer: '/body/since',
            code: 'dateAhead',
            message: { zh: '日期晚于今日', en: 'The date lies ahead' },
          },
        ],
      });
    const { county } = await departmentOf(trx, jurisdiction, given.department);
    const documents = [
      { hash: given.ground, pointer: '/body/ground', role: 'channelGround' },
      ...(given.approval === null
        ? []
        : [{ hash: given.approval, pointer: '/body/approval', role: 'governmentApproval' }]),
    ];
    await mustAllBeStored(trx, { cited: documents, organisation, jurisdiction });
    await mustStandBefore(trx, pack, given);
    const id = `QD-${randomUUID()}`;
    const { since: since_on, resources, ...rest } = given;
    const row = await trx
      .insertInto('supply_channel')
      .values({
        ...{ id, jurisdiction, ...rest, since_on, resources, county },
        state: given.approval === null ? 'registered' : 'approved',
        ...{ ended_on: null, ended_reasons: JSON.stringify([]) as never },
        ...{ registered_by: by.id, registered_at: at, version: 1 },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    for (const { hash, role } of documents)
      await linkDocument(trx, { hash, jurisdiction, caseNo: id, role, by: organisation, at });
    await record(
      trx,
      'registry',
      change(row, 'registered', by, {
        ...{ since: since_on, resources: resources.length, ground: given.ground, approval: given.approval },
        ...restsOn(pack, 'mandate', 'onePlatform'),
      }),
    );
    return row;
  });

/** The channel held until the transaction ends. Throws `channelEnded` (409). */
const held = async (trx: Trx, id: string): Promise<ChannelRow> => {
  const row = await trx
    .selectFrom('supply_channel')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state === 'merged' || row.state === 'closed') throw problem('channelEnded');
  return row;
};

export const assessmentsOf = (db: Kysely<any>, id: string) =>
  (db as Kysely<ChannelTables>)
    .selectFrom('supply_channel_assessment')
    .selectAll()
    .where('channel', '=', id)
    .orderBy('organisation')
    .execute();

const stillToAssess = async (trx: Trx, pack: ResolvedPack, row: ChannelRow, at: Date) => {
  const done = await assessmentsOf(trx, row.id);
  const asked = await assessorsOf(trx, pack, row, businessDateOf(at.getTime()));
  return { done, missing: asked.filter((body) => !done.some(({ organisation }) => organisation === body)) };
};

/**
 * A party's assessment, a finding for each of the pack's criteria, once. Throws `channelsNotInPack`,
 * `channelAssessedAlready`, `channelEnded` (409), `channelFindingsIncomplete` (422) with the article.
 */
export const assessChannel = (
  db: ChannelDb,
  pack: ResolvedPack,
  id: string,
  findings: Criterion[],
  by: By,
): Promise<ChannelRow> =>
  db.transaction().execute(async (trx) => {
    const row = await held(trx, id);
    const { criteria, article } = channelRule(pack);
    const named = findings.map(({ criterion }) => criterion);
    const whole = named.length === criteria.length && criteria.every((one) => named.includes(one));
    if (!whole)
      throw problem('channelFindingsIncomplete', {
        ...{ article, params: { criteria: criteria.join(', ') } },
        errors: [
          {
            pointer: '/body/findings',
            code: 'findingsIncomplete',
            message: { zh: criteria.join('、'), en: criteria.join(', ') },
          },
        ],
      });
    const fresh = await trx
      .insertInto('supply_channel_assessment')
      .values({
        ...{ channel: id, organisation: by.organisation, assessed_by: by.id, at: by.at },
        findings: JSON.stringify(findings) as never,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('channel')
      .executeTakeFirst();
    if (!fresh) throw problem('channelAssessedAlready', { article });
    const { missing } = await stillToAssess(trx, pack, row, by.at);
    const complete = missing.length === 0;
    await record(
      trx,
      'registry',
      change(
        row,
        'assessed',
        by,
        {
          ...{ assessor: by.organisation, complete },
          notMet: findings.flatMap(({ criterion, met }) => (met ? [] : [criterion])),
          ...restsOn(pack, 'mandate', 'channels'),
        },
        `/${by.organisation}`,
      ),
    );
    return trx
      .updateTable('supply_channel')
      .set((eb) => ({
        version: eb('version', '+', 1),
        ...(complete && row.state === 'registered' && { state: 'assessed' as const }),
      }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });

const end = async (
  trx: Trx,
  row: ChannelRow,
  { state, on, reasons }: { state: 'merged' | 'closed'; on: string; reasons: Reason[] },
): Promise<ChannelRow> =>
  trx
    .updateTable('supply_channel')
    .set((eb) => ({
      state,
      ended_on: on,
      ended_reasons: JSON.stringify(reasons) as never,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * Merges a channel into the platform, today. Throws `channelsNotInPack`, `mandateMissing`, `channelNotAssessed` while a party has not
 * assessed it, `channelUnfit` where a criterion is not met (409), with the article.
 */
export const mergeChannel = (db: ChannelDb, pack: ResolvedPack, id: string, by: By): Promise<ChannelRow> =>
  db.transaction().execute(async (trx) => {
    const row = await held(trx, id);
    const { article, assessedBy } = channelRule(pack);
    const on = businessDateOf(by.at.getTime());
    const { done, missing } = await stillToAssess(trx, pack, row, by.at);
    // Without a mandate there is no operator to ask, and no platform to merge into.
    if (assessedBy.includes('operator') && (await operatorsOn(trx, row.jurisdiction, on)).length === 0)
      throw problem('mandateMissing', { article });
    if (missing.length > 0)
      throw problem('channelNotAssessed', { article, params: { missing: missing.join(', ') } });
    const unmet = [
      ...new Set(
        done.flatMap(({ findings }) => findings.flatMap(({ criterion, met }) => (met ? [] : [criterion]))),
      ),
    ];
    if (unmet.length > 0) throw problem('channelUnfit', { article, params: { criteria: unmet.join(', ') } });
    const merged = await end(trx, row, { state: 'merged', on, reasons: [] });
    await record(trx, 'registry', change(row, 'merged', by, { on, ...restsOn(pack, 'mandate', 'channels') }));
    return merged;
  });

/** Closes a channel today, with reasons, whatever its assessment. */
export const closeChannel = (
  db: ChannelDb,
  pack: ResolvedPack,
  id: string,
  reasons: Reason[],
  by: By,
): Promise<ChannelRow> =>
  db.transaction().execute(async (trx) => {
    const row = await held(trx, id);
    const on = businessDateOf(by.at.getTime());
    const closed = await end(trx, row, { state: 'closed', on, reasons });
    const reasonCodes = reasons.map(({ code }) => code);
    await record(
      trx,
      'registry',
      change(row, 'closed', by, { on, reasonCodes, ...restsOn(pack, 'mandate', 'channels') }),
    );
    return closed;
  });
