// G1: an operator went into another; what a mandate asks, suspends and has fall due is the successor’s, until the mandate ends.
import { loadPacks } from '@gongshu/infra/packs';
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { keepMandate } from '@gongshu/service-disclosure/evidence/mandates-subscriber';
import type { Kysely } from 'kysely';
import { type Disclosure, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';

const packs = loadPacks();
let the: Disclosure;
let db: Kysely<AuditTables>;
beforeAll(async () => {
  the = await startDisclosure(['zhongwei']);
  db = the.db as unknown as Kysely<AuditTables>;
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

const tell = (jurisdiction: string, type: string, data: object) =>
  db.transaction().execute((trx) =>
    keepMandate(trx, packs, {
      ...{ type: `cn.gongshu.${type}.v1`, jurisdiction, data },
      lawtime: '2025-03-03T09:00:00+08:00',
    }),
  );
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
      .select(['operator', 'state'])
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
