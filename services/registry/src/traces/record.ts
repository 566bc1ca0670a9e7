/** Traces are written once and never changed (D2); what lies beyond its grant is recorded as such, not turned away. */
import { randomUUID } from 'node:crypto';
import { mustAllBeStored, linkDocument } from '@gongshu/infra/documents/cite';
import { type Change, record } from '@gongshu/infra/record';
import { foreseeLedger } from '@gongshu/infra/traces/due';
import type { TraceRow, TraceTables } from '@gongshu/infra/traces/tables';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { type Actor, reaches } from '@gongshu/shared/may';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import type { TraceGiven } from './schema.ts';

type Trx = Transaction<TraceTables>;
type Whose = { owner: string; operator: string; from: string | null; until: string | null; running: boolean };

const place = (pointer: string, code: string, zh: string, en: string): ProblemPlace => ({
  ...{ pointer, code, message: { zh, en } },
});

/** Whose the grant or product is. Throws `traceSubjectUnknown` (422) for none, and for one of other bodies. */
const whoseIs = async (
  trx: Trx,
  jurisdiction: string,
  { subjectKind, subject }: Pick<TraceGiven, 'subjectKind' | 'subject'>,
  organisation: string,
): Promise<Whose> => {
  const found: Whose | undefined =
    subjectKind === 'grant'
      ? await trx
          .selectFrom('product_grant')
          .select(['applicant as owner', 'operator', 'from_on as from', 'until_on as until'])
          .select((eb) => eb('state', '=', 'running').as('running'))
          .where('grant_no', '=', subject)
          .where('jurisdiction', '=', jurisdiction)
          .executeTakeFirst()
          .then((row) => row && { ...row, running: row.running === true })
      : await trx
          .selectFrom('product')
          .select(['owner', 'operator', 'created_at'])
          .where('product_no', '=', subject)
          .where('jurisdiction', '=', jurisdiction)
          .executeTakeFirst()
          .then(
            (row) =>
              row && { ...row, from: businessDateOf(row.created_at.getTime()), until: null, running: true },
          );
  if (found && (found.owner === organisation || found.operator === organisation)) return found;
  throw problem('traceSubjectUnknown', {
    errors: [place('/body/subject', 'traceSubjectUnknown', '没有该授权或产品', 'No such grant or product')],
  });
};

/** What an entry must say, and what may never have been done (A9; 朔州 十一（四）2). */
const mustBeWhole = (pack: ResolvedPack, given: TraceGiven, now: Date): void => {
  if (Date.parse(given.at) > now.getTime())
    throw problem('traceInFuture', {
      errors: [place('/body/at', 'traceInFuture', '晚于当前时间', 'Ahead of now')],
    });
  const missing = [
    ...(given.act === 'transfer' && !given.counterparty ? ['counterparty'] : []),
    ...(given.act === 'transfer' && !given.form ? ['form'] : []),
    ...(given.act === 'destruction' && !given.evidence ? ['evidence'] : []),
  ];
  if (missing.length > 0)
    throw problem('traceIncomplete', {
      ...clauseIn(pack, 'supply', 'trace'),
      errors: missing.map((one) => place(`/body/${one}`, 'required', '须填写', 'Required')),
    });
  if (given.act !== 'transfer' || given.form === 'processed') return;
  const duties = pack.rules['dataUse']?.['developerDuties']?.value;
  const named = Array.isArray(duties) && duties.includes('noRawTransfer');
  throw problem('rawTransferRefused', {
    ...(named
      ? clauseIn(pack, 'dataUse', 'developerDuties')
      : clauseIn(pack, 'productEgress', 'requirements')),
    errors: [place('/body/form', 'rawTransferRefused', '原始或近似原始形式', 'A raw or near-raw form')],
  });
};

/** Writes one entry, without its event; answers whether it stood already, by its reference. */
export const writeTrace = async (
  trx: Trx,
  pack: ResolvedPack,
  given: TraceGiven,
  { actor, at: now }: Acting,
  via: 'api' | 'file',
): Promise<{ row: TraceRow; known: boolean }> => {
  mustBeWhole(pack, given, now);
  const { jurisdiction } = pack;
  const { organisation } = actor;
  const { owner, operator, from, until, running } = await whoseIs(trx, jurisdiction, given, organisation);
  if (given.evidence)
    await mustAllBeStored(trx, {
      ...{ cited: [{ hash: given.evidence, pointer: '/body/evidence' }], organisation, jurisdiction },
    });
  const at = new Date(given.at);
  const on = businessDateOf(at.getTime());
  // A destruction after the end is what the law wants.
  const beyond =
    given.act !== 'destruction' &&
    ((from !== null && on < from) || (until !== null && on > until) || !running);
  const row = await trx
    .insertInto('trace_entry')
    .values({
      ...{ id: `LH-${randomUUID()}`, jurisdiction, subject_kind: given.subjectKind, subject: given.subject },
      ...{ owner, operator, act: given.act, via, at, counterparty: given.counterparty ?? null },
      ...{ form: given.form ?? null, rows: given.rows ?? null, resources: given.resources },
      ...{ evidence: given.evidence ?? null, beyond_grant: beyond, reference: given.reference ?? null },
      ...{ recorded_by: actor.id, recorded_body: organisation, recorded_at: now },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) {
    const known = await trx
      .selectFrom('trace_entry')
      .selectAll()
      .where('jurisdiction', '=', jurisdiction)
      .where('recorded_body', '=', organisation)
      .where('reference', '=', given.reference ?? '')
      .executeTakeFirstOrThrow();
    return { row: known, known: true };
  }
  if (given.evidence)
    await linkDocument(trx, {
      ...{ hash: given.evidence, jurisdiction, caseNo: given.subject, role: 'destruction' },
      ...{ by: organisation, at: now },
    });
  await foreseeLedger(trx, pack, operator, on);
  return { row, known: false };
};

/** One entry with its event. The same reference again answers with the entry that stands. */
export const recordTrace = (
  db: Kysely<TraceTables>,
  pack: ResolvedPack,
  given: TraceGiven,
  acting: Acting,
): Promise<TraceRow> =>
  db.transaction().execute(async (trx) => {
    const { row, known } = await writeTrace(trx, pack, given, acting, 'api');
    if (known) return row;
    await record(trx, 'registry', {
      ...{ key: `${row.id}/recorded`, type: 'trace.recorded.v1', subject: row.id },
      ...{ jurisdiction: row.jurisdiction, at: acting.at, actor: acting.actor },
      data: {
        ...{ trace: row.id, subjectKind: row.subject_kind, subject: row.subject, owner: row.owner },
        ...{ operator: row.operator, act: row.act, via: row.via, at: toInstantText(row.at.getTime()) },
        ...{ form: row.form, rows: given.rows ?? null, beyondGrant: row.beyond_grant },
        ...restsOn(pack, 'supply', 'trace'),
      },
    } as Change);
    return row;
  });

/** Entries within the actor's reach by number, from behind `after`. */
export const listTraces = (
  db: Kysely<TraceTables>,
  actor: Actor,
  {
    subjectKind,
    subject,
    act,
    after,
    limit,
  }: {
    subjectKind: TraceRow['subject_kind'] | undefined;
    subject: string | undefined;
    act: TraceRow['act'] | undefined;
    after: string | undefined;
    limit: number;
  },
): Promise<TraceRow[]> => {
  const own = actor.organisation ?? '';
  let query = db.selectFrom('trace_entry').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readTraces').includes('jurisdiction'))
    query = query.where((eb) => eb.or([eb('owner', '=', own), eb('operator', '=', own)]));
  if (subjectKind !== undefined) query = query.where('subject_kind', '=', subjectKind);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (act !== undefined) query = query.where('act', '=', act);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};
