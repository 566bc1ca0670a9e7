/** The ledger of one operator and period, counted and reported (D2; 朔州 十（一）、十一（三）3). */
import { jsonHash } from '@gongshu/infra/hash';
import { foreseeLedger } from '@gongshu/infra/traces/due';
import type { LedgerContent, TraceTables } from '@gongshu/infra/traces/tables';
import { type Change, record } from '@gongshu/infra/record';
import { addDays, startOfDay } from '@gongshu/shared/business-date';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { type LedgerActivities, type TraceAct, traceActs } from '@gongshu/shared/trace/ledger';
import type { Kysely, Transaction } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';
import { packs } from '../packs.ts';

type Counted = {
  subject_kind: string;
  subject: string;
  act: TraceAct;
  entries: number;
  rows: number;
  beyond: number;
};

const actsOf = (rows: readonly Counted[]) =>
  traceActs.flatMap((act) => {
    const of = rows.filter((one) => one.act === act);
    const sum = (key: 'entries' | 'rows') => of.reduce((all, one) => all + one[key], 0);
    return of.length === 0 ? [] : [{ act, entries: sum('entries'), rows: sum('rows') }];
  });

const contentOf = (rows: readonly Counted[]): LedgerContent => {
  const subjects = [...new Set(rows.map(({ subject_kind, subject }) => `${subject_kind} ${subject}`))];
  return {
    entries: rows.reduce((all, { entries }) => all + entries, 0),
    beyondGrant: rows.reduce((all, { beyond }) => all + beyond, 0),
    acts: actsOf(rows),
    subjects: subjects.map((one) => {
      const [kind = '', subject = ''] = one.split(' ');
      return {
        kind,
        subject,
        acts: actsOf(rows.filter((row) => row.subject === subject && row.subject_kind === kind)),
      };
    }),
  };
};

const countIn = async (
  trx: Transaction<TraceTables>,
  {
    jurisdiction,
    operator,
    from,
    until,
  }: { jurisdiction: string; operator: string; from: string; until: string },
): Promise<Counted[]> => {
  const rows = await trx
    .selectFrom('trace_entry')
    .select(['subject_kind', 'subject', 'act'])
    .select((eb) => [
      eb.fn.countAll<string>().as('entries'),
      eb.fn.coalesce(eb.fn.sum<string>('rows'), eb.lit(0)).as('rows'),
      eb.fn.count<string>('id').filterWhere('beyond_grant', '=', true).as('beyond'),
    ])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('at', '>=', new Date(startOfDay(from)))
    .where('at', '<', new Date(startOfDay(addDays(until, 1))))
    .groupBy(['subject_kind', 'subject', 'act'])
    .orderBy('subject_kind')
    .orderBy('subject')
    .orderBy('act')
    .execute();
  return rows.map(({ entries, rows: counted, beyond, ...of }) => ({
    ...of,
    ...{ entries: Number(entries), rows: Number(counted), beyond: Number(beyond) },
  }));
};

/** Runs at least once: the second run finds the period reported. */
export const createReportLedger =
  (deps: ApplicationDeps): LedgerActivities['reportLedger'] =>
  async ({ jurisdiction, operator, from, until }) => {
    const db = deps.db.registry as unknown as Kysely<TraceTables>;
    const { now } = await deps.time();
    const pack = packs().resolve(jurisdiction);
    return db.transaction().execute(async (trx) => {
      const due = () =>
        trx
          .updateTable('ledger_due')
          .set({ state: 'opened', called_at: null })
          .where('jurisdiction', '=', jurisdiction)
          .where('operator', '=', operator)
          .where('from_on', '=', from);
      const content = contentOf(await countIn(trx, { jurisdiction, operator, from, until }));
      const hash = jsonHash(content);
      const written = await trx
        .insertInto('ledger_report')
        .values({
          ...{ jurisdiction, operator, from_on: from, until_on: until, hash },
          ...{ content: JSON.stringify(content) as never, reported_at: new Date(now) },
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('hash')
        .executeTakeFirst();
      await due().execute();
      const { entries, beyondGrant } = content;
      if (!written) return { entries };
      await foreseeLedger(trx, pack, operator, addDays(until, 1));
      await record(trx, 'registry', {
        ...{ key: `ledger/${operator}/${from}`, type: 'trace.ledgerReported.v1' },
        ...{ subject: `ledger-${operator}-${from}`, jurisdiction, at: new Date(now), actor: time },
        data: {
          ...{ operator, from, until, entries, beyondGrant, hash },
          ...restsOn(pack, 'supply', 'ledgerReport'),
        },
      } as Change);
      return { entries };
    });
  };
