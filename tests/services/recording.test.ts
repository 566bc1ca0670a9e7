import { randomUUID } from 'node:crypto';
import { verifyAudit } from '@gongshu/infra/audit';
import { connect, urlAs } from '@gongshu/infra/database';
import { databaseRoles, migrate, setServicePasswords } from '@gongshu/infra/migrate';
import { type Change, record, recordAll } from '@gongshu/infra/record';
import { type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

const packVersion = `sha256:${'a'.repeat(64)}`;
const at = new Date('2026-03-02T01:30:00Z');

const accepted = (caseNo: string, key = `${caseNo}:accepted`): Change => ({
  key,
  type: 'application.accepted.v1',
  subject: caseNo,
  jurisdiction: 'zhongwei',
  at,
  actor: { id: 'bureau-17', role: 'bureau', organisation: 'org-1' },
  data: { caseNo, packVersion, acceptedAt: '2026-03-02T09:30:00+08:00' },
});

let database: TestDatabase;
let db: Kysely<any>;
beforeAll(async () => {
  database = await testDatabase();
  db = connect<any>(database.url, { schema: 'catalog', max: 8 });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const write = (change: Change) => db.transaction().execute((trx) => record(trx, 'catalog', change));
const eventsOf = (subject: string) =>
  db.selectFrom('outbox').selectAll().where('aggregateid', '=', subject).orderBy('seq').execute();
const auditOf = (subject: string) =>
  db.selectFrom('audit_entry').selectAll().where('subject', '=', subject).orderBy('number').execute();

describe('record: row, event and audit entry in one transaction', () => {
  it('writes one event and one audit entry, at the instant of the law clock that the caller names', async () => {
    expect(await write(accepted('GS-A'))).toBe(true);
    const [event] = await eventsOf('GS-A');
    expect(event).toMatchObject({
      aggregatetype: 'application',
      aggregate_version: 1,
      topic: 'gongshu.catalog.case.v1',
      occurred_at: at,
    });
    const [audit] = await auditOf('GS-A');
    expect(JSON.parse(audit?.entry)).toMatchObject({
      event: event?.id,
      at: '2026-03-02T09:30:00+08:00',
      actor: { id: 'bureau-17', role: 'bureau', organisation: 'org-1' },
      data: { caseNo: 'GS-A' },
    });
  });

  it('leaves nothing behind when the transaction rolls back', async () => {
    const failing = db.transaction().execute(async (trx) => {
      await record(trx, 'catalog', accepted('GS-B'));
      throw new Error('the row could not be written');
    });
    await expect(failing).rejects.toThrow('could not be written');
    expect(await eventsOf('GS-B')).toHaveLength(0);
    expect(await auditOf('GS-B')).toHaveLength(0);
  });

  it('counts the versions of a subject, and knows what stood before on the same topic', async () => {
    const decided = {
      caseNo: 'GS-C',
      packVersion,
      decidedAt: '2026-03-09T09:30:00+08:00',
      reviewers: ['org-2'],
    };
    await write(accepted('GS-C'));
    await write({ ...accepted('GS-C', 'GS-C:approved'), type: 'application.approved.v1', data: decided });
    await write(accepted('GS-C', 'GS-C:again'));
    expect(await eventsOf('GS-C')).toMatchObject([
      { aggregate_version: 1, previous_version: 0, topic: 'gongshu.catalog.case.v1' },
      { aggregate_version: 2, previous_version: 0, topic: 'gongshu.catalog.public.v1' },
      { aggregate_version: 3, previous_version: 1, topic: 'gongshu.catalog.case.v1' },
    ]);
  });

  it.each([
    { name: 'data that lack a field', says: 'packVersion', change: { data: { caseNo: 'GS-D' } } },
    {
      name: 'data with a field the type does not have',
      says: 'keys its schema does not know',
      change: { data: { ...accepted('GS-D').data, applicantName: '张三' } },
    },
    {
      name: 'a name where an id belongs',
      says: 'caseNo',
      change: { data: { ...accepted('GS-D').data, caseNo: '张三的申请' } },
    },
    {
      name: 'an actor by name',
      says: 'actor.id is an id',
      change: { actor: { id: '王芳', role: 'bureau', organisation: null } },
    },
    {
      name: 'another service’s event',
      says: 'belongs to registry',
      change: { type: 'party.registered.v1' as const },
    },
    { name: 'no instant', says: 'at is no instant', change: { at: new Date(Number.NaN) } },
  ])('throws on $name, and writes nothing', async ({ change, says }) => {
    await expect(write({ ...accepted('GS-D'), ...change })).rejects.toThrow(says);
    expect(await eventsOf('GS-D')).toHaveLength(0);
  });

  it('throws where a key stands for another event', async () => {
    await write(accepted('GS-E', 'one-key'));
    await expect(write(accepted('GS-F', 'one-key'))).rejects.toThrow('one-key stands for');
    expect(await eventsOf('GS-F')).toHaveLength(0);
  });
});

describe('an activity that runs twice', () => {
  type Record = typeof record;
  const activity = (save: Record, subject: string) => () =>
    db.transaction().execute((trx) => save(trx, 'catalog', accepted(subject)));
  /** How many events and audit entries the second run of an activity adds. */
  const addedBySecondRun = async (save: Record, subject: string) => {
    const run = activity(save, subject);
    await run();
    const before = (await eventsOf(subject)).length + (await auditOf(subject)).length;
    await run();
    return (await eventsOf(subject)).length + (await auditOf(subject)).length - before;
  };
  const withoutKeyCheck: Record = (trx, service, change) =>
    record(trx, service, { ...change, key: randomUUID() });

  it('adds no second event and no second audit entry', async () => {
    expect(await addedBySecondRun(record, 'GS-T1')).toBe(0);
    expect(
      await db.selectFrom('aggregate').selectAll().where('id', '=', 'GS-T1').executeTakeFirst(),
    ).toMatchObject({
      version: 1,
      last_case: 1,
    });
  });

  it('sabotage twin: a record that does not ask for the key is caught', async () => {
    expect(await addedBySecondRun(withoutKeyCheck, 'GS-T2')).not.toBe(0);
  });

  it('adds one event when both runs happen at once', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, activity(record, 'GS-T3')));
    expect(runs.filter(Boolean)).toHaveLength(1);
    expect(await eventsOf('GS-T3')).toHaveLength(1);
  });
});

describe('audit numbers', () => {
  it('are gapless under concurrent commits and rollbacks, and the chain holds', async () => {
    const before = (await verifyAudit(db)).entries;
    const work = Array.from({ length: 120 }, (_, n) =>
      db
        .transaction()
        .execute(async (trx) => {
          const cases = [accepted(`GS-N${n % 7}`, `n-${n}`), accepted(`GS-N${(n * 5) % 7}`, `m-${n}`)];
          await recordAll(trx, 'catalog', cases);
          if (n % 4 === 0) throw new Error('rolled back');
        })
        .catch((error: Error) => error.message),
    );
    expect((await Promise.all(work)).filter(Boolean)).toEqual(Array(30).fill('rolled back'));
    expect(await verifyAudit(db)).toEqual({ entries: before + 180, broken: null });
  });

  it.each([
    {
      name: 'an altered entry',
      tamper: sql`update audit_entry set entry = replace(entry, 'zhongwei', 'wuhai') where number = 3`,
      broken: { number: 3, reason: 'altered' },
    },
    {
      name: 'a missing entry',
      tamper: sql`delete from audit_entry where number = 2`,
      broken: { number: 2, reason: 'missing' },
    },
    {
      name: 'a missing last entry',
      tamper: sql`delete from audit_entry where number = (select max(number) from audit_entry)`,
      broken: { reason: 'missing' },
    },
    {
      name: 'an altered entry with its hash made anew',
      tamper: sql`with forged as (select number, replace(entry, 'zhongwei', 'wuhai') as entry from audit_entry where number = 3)
                  update audit_entry a set entry = f.entry, leaf_hash = sha256('\\x00'::bytea || convert_to(f.entry, 'UTF8'))
                  from forged f where a.number = f.number`,
      broken: { number: 4, reason: 'notChained' },
    },
  ])('$name is found, even where the owner did it', async ({ tamper, broken }) => {
    const looked = db.transaction().execute(async (trx) => {
      await tamper.execute(trx);
      const verdict = await verifyAudit(trx);
      throw Object.assign(new Error('undo'), { verdict });
    });
    await expect(looked).rejects.toMatchObject({ verdict: { broken } });
  });
});

describe('database roles', () => {
  const passwords = Object.fromEntries(databaseRoles.map((role) => [role, randomUUID()]));
  const as = async (role: string, statement: string) => {
    const own = connect<any>(urlAs(database.url, role, passwords[role]!), { schema: 'catalog', max: 1 });
    try {
      await sql.raw(statement).execute(own);
      return 'done';
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await own.destroy();
    }
  };
  beforeAll(() => setServicePasswords(database.url, passwords));

  const denied = '42501';
  it.each([
    ['gongshu_catalog', 'select count(*) from audit_entry', 'done'],
    ['gongshu_catalog', "update audit_entry set entry = ''", denied],
    ['gongshu_catalog', 'delete from audit_entry', denied],
    ['gongshu_catalog', 'truncate audit_entry', denied],
    ['gongshu_catalog', 'delete from outbox', denied],
    ['gongshu_catalog', 'update outbox set published_at = null', denied],
    ['gongshu_catalog', 'drop table audit_entry', denied],
    ['gongshu_catalog', 'alter table audit_entry disable trigger all', denied],
    ['gongshu_catalog', 'select * from registry.outbox', denied],
    ['gongshu_registry', 'select * from catalog.outbox', denied],
    ['gongshu_catalog', 'create table platform.mine (a int)', denied],
    ['gongshu_relay', 'update outbox set skipped_at = skipped_at', 'done'],
    ['gongshu_relay', "update outbox set payload = '{}'", denied],
    ['gongshu_relay', 'insert into audit_entry (number) values (1)', denied],
    ['gongshu_relay', 'select * from idempotency', denied],
  ])('%s: %s → %s', async (role, statement, outcome) => {
    expect(await as(role, statement)).toBe(outcome);
  });

  it('lets a service record with its own role', async () => {
    const own = connect<any>(urlAs(database.url, 'gongshu_catalog', passwords['gongshu_catalog']!), {
      schema: 'catalog',
    });
    const recorded = await own.transaction().execute((trx) => record(trx, 'catalog', accepted('GS-R')));
    await own.destroy();
    expect(recorded).toBe(true);
  });
});

describe('migrate and connect', () => {
  it('runs once, however many start it at the same time', async () => {
    const again = await Promise.all([migrate(database.url), migrate(database.url)]);
    expect(again).toEqual([[], []]);
  });

  it('reads dates as written, instants as Date, and refuses an int8 that would be rounded', async () => {
    const { rows } =
      await sql`select '2026-03-01'::date as on, '2026-03-01T00:00:00+08'::timestamptz as at, 7::int8 as n`.execute(
        db,
      );
    expect(rows).toEqual([{ on: '2026-03-01', at: new Date('2026-02-28T16:00:00Z'), n: 7 }]);
    await expect(sql`select 9007199254740993::int8`.execute(db)).rejects.toThrow(RangeError);
  });
});
