// X2, X4: running mandates are looked at when the service starts; one that fails holds up no other, and nobody waits for each other.
import { loadPacks } from '@gongshu/infra/packs';
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { lockEvidence } from '@gongshu/infra/platform-evidence/look';
import {
  keepMandate,
  lookAtRunning,
  type NotLookedAt,
} from '@gongshu/service-disclosure/evidence/mandates-subscriber';
import { evidenceLaw } from '@gongshu/shared/platform-evidence/law';
import { type Kysely, sql } from 'kysely';
import { type Disclosure, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';

const packs = loadPacks();
const city = 'zhongwei';
let the: Disclosure;
let db: Kysely<AuditTables>;
beforeAll(async () => {
  the = await startDisclosure([city]);
  db = the.db as unknown as Kysely<AuditTables>;
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

const start = async (): Promise<NotLookedAt[]> => {
  const failed: NotLookedAt[] = [];
  await lookAtRunning(db, packs, (one) => failed.push(one));
  return failed;
};
const drillsOf = async () =>
  (await sql<{ body: string }>`select distinct body from drill order by body`.execute(db)).rows.map(
    ({ body }) => body,
  );
const asked = async (operator: string) =>
  (await the.told(`evidence-${city}-${operator}-mlps3`, 'evidence.missing.v1')).length;

it('one mandate that cannot be looked at is reported by its number, whole or not at all; the others are looked at', async () => {
  const { mandate } = atEvidence(the, city);
  for (const operator of ['a', 'b', 'c']) await mandate(`A-${operator}`, `operator-${operator}`);
  // The database refuses the drill of one of them: a real fault, in the middle of its look.
  await sql`alter table drill add constraint refused check (body <> 'operator-b')`.execute(db);
  const failed = await start();
  expect(failed).toMatchObject([
    { jurisdiction: city, agreement: 'A-b', err: { message: expect.stringContaining('refused') } },
  ]);
  expect(Object.keys(failed[0] ?? {}).toSorted()).toEqual(['agreement', 'err', 'jurisdiction']);
  expect(await drillsOf()).toEqual(['operator-a', 'operator-c']);
  expect(await Promise.all(['operator-a', 'operator-b', 'operator-c'].map(asked))).toEqual([1, 0, 1]);
  // The twin: nothing refused, nothing reported; what had failed is made good with this start.
  await sql`alter table drill drop constraint refused`.execute(db);
  expect(await start()).toEqual([]);
  expect(await drillsOf()).toEqual(['operator-a', 'operator-b', 'operator-c']);
  expect(await Promise.all(['operator-a', 'operator-b', 'operator-c'].map(asked))).toEqual([1, 1, 1]);
});

describe('kinds are locked in one order, whatever that of the pack', () => {
  const kinds = evidenceLaw(packs.resolve(city))?.kinds ?? [];
  const [first, last] = [kinds.toSorted()[0] ?? '', kinds[0] ?? ''];
  const locked = async () =>
    (
      await sql<{ waits: boolean }>`
        select exists (
          select from pg_locks
          where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())
        ) as waits`.execute(db)
    ).rows[0]?.waits === true;
  const begins = () =>
    db.transaction().execute((trx) =>
      keepMandate(trx, packs, {
        ...{ type: 'cn.gongshu.operatingAgreement.inForce.v1', jurisdiction: city },
        ...{ lawtime: '2025-03-03T09:00:00+08:00' },
        data: { caseNo: 'B-1', operator: 'operator-d', from: '2025-03-01' },
      }),
    );
  /** Locks two kinds one after the other, the second once somebody waits for the first. */
  const other = (one: string, two: string, meanwhile: () => Promise<unknown>) =>
    db.transaction().execute(async (trx) => {
      const of = { jurisdiction: city, operator: 'operator-d' };
      await lockEvidence(trx, { ...of, kind: one });
      const waiting = meanwhile();
      while (!(await locked())) await new Promise((resolve) => setImmediate(resolve));
      await lockEvidence(trx, { ...of, kind: two });
      return { waiting };
    });

  it('the pack’s own is another, or nothing is seen here', () => expect(first < last).toBe(true));

  it('a look beside another that holds the first and asks for a later one: both end', async () => {
    const { waiting } = await other(first, last, begins);
    await waiting;
    expect(await asked('operator-d')).toBe(1);
  });
});
