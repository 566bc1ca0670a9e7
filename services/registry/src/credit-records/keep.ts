/** Measures on record as the registry remembers them (X1): told in any order and however often, each once by its case. */
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { sanctionKinds } from '@gongshu/shared/packs/topics/sanction';
import { sql, type Transaction } from 'kysely';
import type { CreditRecordTables } from './tables.ts';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>;
type Trx = Transaction<CreditRecordTables>;
type Decided = {
  caseNo: string;
  target: string;
  measures: string[];
  /** Not told of cases decided before it was. */
  lastDays?: { measure: string; lastDay: string | null }[];
  article?: string;
  articleInstrument?: string;
};

const decided = async (trx: Trx, { jurisdiction, lawtime, data }: Told): Promise<void> => {
  const { caseNo, target, measures, lastDays = [], article, articleInstrument } = data as Decided;
  if (measures.length === 0) return;
  await trx
    .insertInto('measure_on_record')
    .values(
      measures.map((measure) => ({
        ...{ case_no: caseNo, measure, jurisdiction, body: target, from_at: new Date(lawtime) },
        until_on: lastDays.find((one) => one.measure === measure)?.lastDay ?? null,
        ...{ article: article ?? null, article_instrument: articleInstrument ?? null, ended_at: null },
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['case_no', 'measure']).doUpdateSet((eb) => ({
        ...{ body: eb.ref('excluded.body'), from_at: eb.ref('excluded.from_at') },
        ...{ article: eb.ref('excluded.article') },
        article_instrument: eb.ref('excluded.article_instrument'),
        until_on: sql<string | null>`coalesce(excluded.until_on, measure_on_record.until_on)`,
      })),
    )
    .execute();
};

const nothingYet = { body: null, from_at: null, article: null, article_instrument: null } as const;

/** What suspends tells its last day itself: older decisions do not. */
const applied = async (trx: Trx, { jurisdiction, data }: Told): Promise<void> => {
  const { caseNo, measure, lastDay } = data as { caseNo: string; measure: string; lastDay: string | null };
  await trx
    .insertInto('measure_on_record')
    .values({
      ...{ case_no: caseNo, measure, jurisdiction, ...nothingYet, until_on: lastDay, ended_at: null },
    })
    .onConflict((conflict) =>
      conflict.columns(['case_no', 'measure']).doUpdateSet({
        until_on: sql<string | null>`coalesce(measure_on_record.until_on, excluded.until_on)`,
      }),
    )
    .execute();
};

const ended = async (
  trx: Trx,
  { jurisdiction, lawtime, data }: Told,
  measures: readonly string[],
): Promise<void> => {
  const { caseNo } = data as { caseNo: string };
  await trx
    .insertInto('measure_on_record')
    .values(
      measures.map((measure) => ({
        ...{ case_no: caseNo, measure, jurisdiction, ...nothingYet, until_on: null },
        ended_at: new Date(lawtime),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['case_no', 'measure']).doUpdateSet({
        ended_at: sql<Date>`least(measure_on_record.ended_at, excluded.ended_at)`,
      }),
    )
    .execute();
};

/**
 * Keeps what an event of sanctions says of measures on record; others pass by. A review that lifts withdraws the whole
 * decision, what does not end by itself too, such as a talk.
 */
export const keepCreditRecord = async (trx: Trx, told: Told): Promise<void> => {
  const data = told.data as { measure?: string; result?: string };
  switch (typeName(told.type) ?? '') {
    case 'sanction.decided.v1':
      return decided(trx, told);
    case 'sanction.applied.v1':
      return applied(trx, told);
    case 'sanction.lifted.v1':
    case 'sanction.measureEnded.v1':
      return ended(trx, told, [String(data.measure)]);
    case 'sanction.reviewDecided.v1':
      return data.result === 'lift' ? ended(trx, told, sanctionKinds) : undefined;
    default:
      return undefined;
  }
};
