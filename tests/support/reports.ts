/**
 * Disclosures, bulletins and periodic reports as they run: the disclosure service with its facts as events leave them,
 * and its Schedules' rows done as the law's time passes. One for a test file.
 */
import { createActOnReportDue } from '@gongshu/activities/disclosure/act-on-report-due';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { deliver } from '@gongshu/infra/intake/deliver';
import { loadPacks } from '@gongshu/infra/packs';
import type { ReportDue } from '@gongshu/shared/disclosure-facts/due';
import { takeFact } from '@gongshu/service-disclosure/facts-subscriber';
import { hand } from '@gongshu/service-disclosure/hand';
import type { DisclosurePart } from '@gongshu/shared/yearly-disclosure/rules';
import type { Kysely } from 'kysely';
import { type Disclosure, startDisclosure } from './disclosure.ts';
import { namePath } from './turns-history.ts';

export type Reports = Awaited<ReturnType<typeof startReports>>;
const packs = loadPacks();

/** An event as it comes by Kafka. */
export const eventOf = (
  n: number,
  jurisdiction: string,
  type: string,
  subject: string,
  at: string,
  data: object,
): Parameters<typeof takeFact>[2] => ({
  ...{ specversion: '1.0', id: `event-${String(n).padStart(6, '0')}`, source: '/gongshu/registry' },
  ...{ type: `cn.gongshu.${type}`, subject, time: at, datacontenttype: 'application/json' },
  ...{ dataschema: '', partitionkey: subject, sequence: String(n).padStart(10, '0'), previoussequence: '0' },
  ...{ jurisdiction, lawtime: at, data },
});

export const startReports = async (
  cities: readonly string[] = ['zhongwei'],
  given: Parameters<typeof startDisclosure>[1] = {},
) => {
  const the: Disclosure = await startDisclosure(cities, given);
  const db = the.db as unknown as Kysely<DisclosureCaseTables>;
  let told = 0;
  const tell = async (
    city: string,
    type: string,
    subject: string,
    at: string,
    data: object = {},
  ): Promise<void> => {
    told += 1;
    const event = eventOf(told, city, type, subject, at.length === 10 ? `${at}T10:00:00+08:00` : at, data);
    await db.transaction().execute((trx) => takeFact(trx, packs, event));
  };
  const mandate = (city: string, from: string, until: string, at = from): Promise<void> =>
    tell(city, 'operatingAgreement.inForce.v1', '640500-YY-2024-000001', at, {
      ...{ caseNo: '640500-YY-2024-000001', agreement: '640500-YY-2024-000001', operator: 'operator' },
      ...{ mode: 'whole', fields: [], scenarios: [], from, until },
    });
  const act = createActOnReportDue(the.activityDeps);
  /** Hands over what was taken in meanwhile by time. */
  const deliverAll = async (): Promise<string[]> => {
    const taken = await db
      .selectFrom('intake')
      .select(['receipt', 'case_no'])
      .where('state', '=', 'taken')
      .orderBy('received_at')
      .execute();
    for (const { receipt, case_no } of taken) {
      await deliver({ db: db as never, client: the.client, hand }, receipt);
      await the.quiet(case_no ?? '');
    }
    return taken.map(({ case_no }) => case_no ?? '');
  };
  /** Every row whose instant has come, oldest first, until none is left; what they did. */
  const runDues = async (): Promise<{ due: ReportDue; done: string }[]> => {
    const done: { due: ReportDue; done: string }[] = [];
    for (let round = 0; round < 200; round += 1) {
      const row = await db
        .selectFrom('report_due')
        .selectAll()
        .where('state', '=', 'ahead')
        .where('opens_at', '<=', new Date(await the.law.now()))
        .orderBy('opens_at')
        .orderBy('kind')
        .orderBy('step')
        .executeTakeFirst();
      if (!row) return done;
      const { jurisdiction, kind, operator, from_on: from, until_on: until, step } = row;
      const due = { jurisdiction, kind, operator, from, until, step };
      done.push({ due, done: (await act(due)).done });
      await deliverAll();
    }
    throw new Error('dues without end');
  };
  const disclosureOf = async (
    city: string,
    part: DisclosurePart,
    year: number,
    path?: string,
  ): Promise<string> => {
    const { case_no } = await db
      .selectFrom('yearly')
      .select('case_no')
      .where('jurisdiction', '=', city)
      .where('part', '=', part)
      .where('year', '=', year)
      .executeTakeFirstOrThrow();
    if (path) namePath(case_no, path);
    return case_no;
  };
  return { ...the, db, tell, mandate, act, runDues, disclosureOf, deliverAll };
};
