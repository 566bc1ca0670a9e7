// G1: an operator went into another; what a mandate asks, suspends and has fall due is the successor’s, until the mandate ends.
import { createLookAtDrill } from '@gongshu/activities/disclosure/look-at-drill';
import { drillDues, foreseeDrill } from '@gongshu/infra/incidents/drills';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { loadPacks } from '@gongshu/infra/packs';
import { keepSchedules } from '@gongshu/infra/schedules';
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { keepMandate, lookAtRunning } from '@gongshu/service-disclosure/evidence/mandates-subscriber';
import type { Kysely } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';

const packs = loadPacks();
let the: Disclosure;
let db: Kysely<AuditTables>;
beforeAll(async () => {
  the = await startDisclosure(['zhongwei', 'shuozhou', 'wuhai']);
  db = the.db as unknown as Kysely<AuditTables>;
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(() => the?.stop());
const incidents = () => the.db as unknown as Kysely<IncidentTables>;

const tell = (jurisdiction: string, type: string, data: object) =>
  db.transaction().execute((trx) =>
    keepMandate(trx, packs, {
      ...{ type: `cn.gongshu.${type}.v1`, jurisdiction, data },
      lawtime: '2025-03-03T09:00:00+08:00',
    }),
  );
const mustNotFail = ({ err }: { err: unknown }) => {
  throw err;
};
/** As the registry tells it: the operator is the one of the first day, whoever holds the mandate since. */
const begins = (city: string, caseNo: string, operator = 'operator') =>
  tell(city, 'operatingAgreement.inForce', { caseNo, operator, from: '2025-03-01' });
const ends = (city: string, caseNo: string, operator = 'operator') =>
  tell(city, 'operatingAgreement.ended', { caseNo, operator, from: '2025-03-01' });
const succeeds = async (city: string, party = 'operator', successor = 'operator-2', kind = 'operator') => {
  const bodies = the.db as unknown as Kysely<any>;
  await bodies
    .insertInto('body')
    .values({ jurisdiction: city, id: successor, kind })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await bodies
    .updateTable('body')
    .set({ successor })
    .where('jurisdiction', '=', city)
    .where('id', '=', party)
    .execute();
  for (const _twice of [1, 2]) await tell(city, 'party.succeeded', { party, kind, successor });
};

/** Drills as they are read, the newest number first. */
const drillsOf = async (city: string): Promise<string[]> =>
  (await the.call(disclosurePeople(city).auditor, 'GET', '/v1/drills'))
    .json()
    .items.map(({ body, dueOn, state }: any) => `${body} ${dueOn} ${state}`);
/** What the Schedules start that are due by an instant; answers how many stood due. */
const lookOn = async (city: string, instant: string): Promise<number> => {
  await the.law.begin(instant);
  const rows = await incidents()
    .selectFrom('drill_due')
    .innerJoin('drill', 'drill.drill', 'drill_due.drill')
    .select(['drill.drill', 'look'])
    .where('jurisdiction', '=', city)
    .where('state', '=', 'ahead')
    .where('opens_at', '<=', new Date(await the.law.now()))
    .orderBy('opens_at')
    .orderBy('drill.body')
    .execute();
  for (const one of rows) await createLookAtDrill(the.activityDeps)(one);
  return rows.length;
};

describe('[X4 zhongwei] [X5 zhongwei] a mandate ends that its operator’s successor holds', () => {
  const city = 'zhongwei';
  const next = { roles: ['operator'], organisation: 'operator-2', jurisdiction: city } as const;
  const asked = async (): Promise<string[]> =>
    (await the.call(next, 'GET', '/v1/tasks?limit=200'))
      .json()
      .items.filter(({ kind }: any) => kind === 'evidenceFiling')
      .map(({ caseNo }: any) => caseNo);
  const audits = () =>
    db
      .selectFrom('audit_due')
      // Of the city's own assessment and of the nation's audit alike.
      .select(['operator', 'state'])
      .distinct()
      .where('jurisdiction', '=', city)
      .orderBy('operator')
      .execute();
  const story = async (type: string) =>
    (await the.told(`evidence-${city}-operator-2-cryptographyAssessment`, `evidence.${type}.v1`)).length;

  it('while another mandate runs, nothing is settled; with the last one asks, orders and audits of the successor are', async () => {
    await begins(city, 'A-1');
    await begins(city, 'A-2');
    await atEvidence(the, city).accepted('cryptographyAssessment', {
      ...{ issuedOn: '2025-03-01', validUntil: '2025-03-31' },
    });
    await succeeds(city);
    await the.law.begin('2025-04-01T09:00:00');
    await atEvidence(the, city).look({
      jurisdiction: city,
      operator: 'operator-2',
      kind: 'cryptographyAssessment',
    });
    const stands = async () => {
      expect(await asked()).toHaveLength(4);
      expect([await story('suspensionOrdered'), await story('restorationOrdered')]).toEqual([1, 0]);
      expect(await audits()).toEqual([
        { operator: 'operator', state: 'cancelled' },
        { operator: 'operator-2', state: 'ahead' },
      ]);
    };
    await stands();
    await ends(city, 'A-1');
    await stands(); // the twin: A-2 runs
    for (const _twice of [1, 2]) await ends(city, 'A-2');
    expect(await asked()).toEqual([]);
    expect([await story('suspensionOrdered'), await story('restorationOrdered')]).toEqual([1, 1]);
    expect((await audits()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  it('told late that it had begun, what has ended asks nothing more of anybody', async () => {
    await begins(city, 'A-2');
    expect(await asked()).toEqual([]);
    expect((await audits()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('[X2 shuozhou] drills of an operator that went into another (朔州 十一（三）5)', () => {
  const city = 'shuozhou';
  const by = (organisation: string) => ({ roles: ['operator'], organisation, jurisdiction: city }) as never;
  const drills = () => drillsOf(city);
  const look = (instant: string) => lookOn(city, instant);
  const recordBy = async (organisation: string, drill: string, heldOn: string) =>
    (
      await the.call(by(organisation), 'POST', `/v1/drills/${drill}/record`, {
        ...{ heldOn, findings: [], document: await the.upload(city, organisation, `演练 ${heldOn}`) },
      })
    ).statusCode;
  const drill = '140600-YL-20251231-operator';

  it('are its successor’s: told to that one, recorded by it, and followed by its own', async () => {
    await begins(city, 'B-1');
    expect(await drills()).toEqual(['operator 2025-12-31 ahead']);
    await succeeds(city);
    await lookAtRunning(db, packs, mustNotFail);
    expect(await drills()).toEqual(['operator-2 2025-12-31 ahead']);
    await look('2025-12-01T09:00:00');
    expect(await the.told(drill, 'drill.due.v1')).toMatchObject([{ body: 'operator-2' }]);
    expect(await recordBy('operator', drill, '2025-12-01')).toBe(403);
    expect(await recordBy('operator-2', drill, '2025-12-01')).toBe(200);
    await look('2026-01-01T00:00:01');
    expect(await drills()).toEqual(['operator-2 2026-12-31 ahead', 'operator-2 2025-12-31 recorded']);
  });

  it('what was held in the period counts for the successor; the next period’s is its own', async () => {
    const held = '140600-YL-20261231-operator-2';
    expect(await recordBy('operator-2', held, '2026-01-01')).toBe(200);
    await succeeds(city, 'operator-2', 'operator-3');
    await lookAtRunning(db, packs, mustNotFail);
    expect(await drills()).toEqual(['operator-3 2026-12-31 recorded', 'operator-2 2025-12-31 recorded']);
    await look('2027-01-01T00:00:01');
    expect((await drills())[0]).toBe('operator-3 2027-12-31 ahead');
  });

  it('one that owes the period itself owes it once: the other’s Schedules go, and nobody is told of it', async () => {
    await begins(city, 'B-2', 'operator-4');
    expect((await drills()).slice(0, 2).toSorted()).toEqual([
      ...['operator-3 2027-12-31 ahead', 'operator-4 2027-12-31 ahead'],
    ]);
    await incidents().updateTable('drill_due').set({ scheduled: true }).execute();
    await succeeds(city, 'operator-3', 'operator-4');
    expect((await drills()).filter((one) => one.includes('2027'))).toEqual(['operator-4 2027-12-31 ahead']);
    const deleted: string[] = [];
    const schedule = {
      create: async () => {},
      getHandle: (id: string) => ({ trigger: async () => {}, delete: async () => void deleted.push(id) }),
    };
    await keepSchedules({ db: db as never, client: { schedule } as never, sandbox: true }, drillDues);
    expect(deleted.filter((id) => id.includes('2027')).toSorted()).toEqual([
      ...['drill-140600-YL-20271231-operator-3-due', 'drill-140600-YL-20271231-operator-3-reminder'],
    ]);
    expect(await look('2027-12-01T09:00:00')).toBe(1);
    expect(await look('2028-01-01T00:00:01')).toBe(1);
    expect(await the.told('140600-YL-20271231-operator-3', 'drill.overdue.v1')).toEqual([]);
    expect(await the.told('140600-YL-20271231-operator-4', 'drill.overdue.v1')).toHaveLength(1);
  });

  it('one that was foreseen for a body after it had gone is told to nobody, and none follows; a standing one is told', async () => {
    const pack = packs.resolve(city);
    for (const body of ['operator', 'operator-9'])
      await db
        .transaction()
        .execute((trx) => foreseeDrill(trx as never, { pack, body, months: 12 }, '2028-03-01'));
    await look('2028-12-01T09:00:00');
    await look('2029-01-01T00:00:01');
    const told = async (body: string) =>
      (await the.told(`140600-YL-20281231-${body}`, 'drill.overdue.v1')).length;
    expect([await told('operator'), await told('operator-9')]).toEqual([0, 1]);
    expect((await drills()).filter((one) => one.includes('2029')).toSorted()).toEqual([
      ...['operator-4 2029-12-31 ahead', 'operator-9 2029-12-31 ahead'],
    ]);
  });
});

describe('[X2 wuhai] drills of the bureau (乌海 十), from the first day of a mandate of its city', () => {
  const city = 'wuhai';
  const overdue = async (body: string, year: number) =>
    (await the.told(`150300-YL-${year}1231-${body}`, 'drill.overdue.v1')).map((data: any) => data.body);

  it('the first is foreseen with the operator’s; where the pack names no bureau, none is', async () => {
    await begins(city, 'C-1');
    expect((await drillsOf(city)).toSorted()).toEqual([
      ...['city-bureau 2029-12-31 ahead', 'operator 2029-12-31 ahead'],
    ]);
    for (const other of ['zhongwei', 'shuozhou'])
      expect((await drillsOf(other)).filter((one) => one.startsWith('city-bureau'))).toEqual([]);
  });

  it('go on while any mandate runs, whoever’s, and are those of the bureau that it goes into', async () => {
    await begins(city, 'C-2', 'operator-2');
    await ends(city, 'C-1');
    await lookOn(city, '2030-01-01T00:00:01');
    expect(await overdue('operator', 2029)).toEqual([]);
    expect(await overdue('operator-2', 2029)).toEqual(['operator-2']);
    expect(await overdue('city-bureau', 2029)).toEqual(['city-bureau']);
    await succeeds(city, 'city-bureau', 'data-bureau', 'bureau');
    await lookAtRunning(db, packs, mustNotFail);
    expect((await drillsOf(city)).filter((one) => one.includes('2030')).toSorted()).toEqual([
      ...['data-bureau 2030-12-31 ahead', 'operator-2 2030-12-31 ahead'],
    ]);
  });

  it('with the last mandate they end, and with the next one they begin anew', async () => {
    await ends(city, 'C-2', 'operator-2');
    await lookOn(city, '2031-01-01T00:00:01');
    expect(await overdue('city-bureau', 2030)).toEqual([]);
    expect((await drillsOf(city)).filter((one) => one.includes('2031'))).toEqual([]);
    await begins(city, 'C-3', 'operator-3');
    await lookOn(city, '2032-01-01T00:00:01');
    expect(await overdue('data-bureau', 2031)).toEqual(['data-bureau']);
    expect((await drillsOf(city)).filter((one) => one.includes('2032')).toSorted()).toEqual([
      ...['data-bureau 2032-12-31 ahead', 'operator-3 2032-12-31 ahead'],
    ]);
  });
});
