import { openingNoticeOf, outcomeToldAt, reminderNoticesOf } from '@gongshu/infra/notices/opening';
import { recordAll } from '@gongshu/infra/record';
import type { EventType } from '@gongshu/shared/events';
import { sql, type Transaction } from 'kysely';
import { type City, startCity, until } from './notices-support.ts';

jest.setTimeout(120_000);

let city: City;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const caseNo = '640500-RZ-2024-000001';
const check = `${caseNo}/check`;
const at = new Date('2024-03-01T09:30:00+08:00');
const rules = { article: '第十八条', silenceArticle: '第十八条', instrument: '某办法', budget: 5 };

const tell = (trx: Transaction<any>, key: string, type: EventType, data: object) =>
  recordAll(trx, 'registry', [
    {
      ...{ key, type, subject: caseNo, jurisdiction: 'zhongwei', at },
      actor: { id: 'someone', role: 'operator', organisation: 'operator' },
      data: { caseNo, packVersion: `sha256:${'a'.repeat(64)}`, ...data },
    },
  ]);

/** An onboarding at its check, as submission and activities write it. */
const takeIn = async (trx: Transaction<any>): Promise<void> => {
  await sql`
    insert into application (case_no, jurisdiction, applicant_organisation, operator_organisation, pack_version,
                             rules, calendar_version, stage, submitted_by, submitted_at)
    values (${caseNo}, 'zhongwei', 'merchant-1', 'operator', 'v', ${JSON.stringify({ acceptance: rules, check: rules })},
            'v', 'check', 'someone', ${at})`.execute(trx);
  for (const step of ['acceptance', 'check'])
    await sql`
      insert into turn (turn_id, case_no, jurisdiction, step, organisation, organisation_name, body_kind, started_at,
                        calendar_version)
      values (${`${caseNo}/${step}`}, ${caseNo}, 'zhongwei', ${step}, 'operator', 'operator', 'operator', ${at},
              'v')`.execute(trx);
  await tell(trx, `${caseNo}/acceptance/ended`, 'onboarding.accepted.v1', { acceptedAt: at.toISOString() });
};
const opening = async () => (await openingNoticeOf(city.db, [check])).get(check);

describe('who was told, and since when', () => {
  it('a clock whose opening notice has no delivery record is red; with one it is not', async () => {
    await city.db.transaction().execute(takeIn);
    expect(await opening()).toEqual({ notice: expect.any(String), told: false, deliveredAt: null });
    const stop = city.notify();
    await until('the delivery', async () => (await city.settled('operator', 'inbox', 'delivered')) === 1);
    await stop();
    expect(await opening()).toMatchObject({ told: true, deliveredAt: new Date('2024-03-01T10:00:00+08:00') });
  });

  it('the words carry limit and article of the case’s own rules', async () => {
    const { rows } = await sql<object>`
      select kind, addressee, turn_id, article, instrument, data->'limit' as "limit"
      from platform.notice
      where case_no = ${caseNo}
      order by kind`.execute(city.db);
    expect(rows).toEqual([
      {
        ...{ kind: 'accepted', addressee: 'merchant-1', turn_id: `${caseNo}/acceptance` },
        ...{ article: '第十八条', instrument: '某办法', limit: null },
      },
      {
        ...{ kind: 'checkOpened', addressee: 'operator', turn_id: check },
        ...{ article: '第十八条', instrument: '某办法', limit: 5 },
      },
    ]);
  });

  it('a successor was not told of its clock until it hears of it itself', async () => {
    await sql`update turn set organisation = 'operator-2' where turn_id = ${check}`.execute(city.db);
    expect(await opening()).toBeUndefined();
    await city.register('operator-2', 'operator');
    const turn = { turn: 'check', reviewer: 'operator-2', from: 'operator', to: 'operator-2' };
    await city.db
      .transaction()
      .execute((trx) => tell(trx, `${check}/entry/1`, 'onboarding.bodySucceeded.v1', turn));
    expect(await opening()).toMatchObject({ told: false });
    const stop = city.notify();
    await until('the delivery', async () => (await opening())?.told === true);
    await stop();
  });

  it('a reminder and an outcome have their own records', async () => {
    await sql`
      insert into turn_reminder (turn_id, key, kind, due_at, recorded_at)
      values (${check}, 'reminder/2', 'reminder', ${at}, ${at})`.execute(city.db);
    const turn = { turn: 'check', reviewer: 'operator-2' };
    await city.db.transaction().execute(async (trx) => {
      const reminder = { ...turn, deadline: null, provisional: false, workingDaysLeft: 2, kind: 'reminder' };
      await tell(trx, `${check}/onboarding.reminderDue.v1/reminder/2`, 'onboarding.reminderDue.v1', reminder);
      const ended = { applicant: 'merchant-1', decidedAt: at.toISOString(), late: false, reasonCodes: [] };
      await tell(trx, `${caseNo}/ended`, 'onboarding.notEnrolled.v1', ended);
    });
    expect((await reminderNoticesOf(city.db, check)).get('reminder/2')).toMatchObject({ deliveredAt: null });
    expect(await outcomeToldAt(city.db, caseNo, 'merchant-1')).toBeNull();
    const stop = city.notify();
    const toldAt = () => outcomeToldAt(city.db, caseNo, 'merchant-1');
    await until('the delivery', async () => (await toldAt()) !== null);
    await stop();
    expect((await reminderNoticesOf(city.db, check)).get('reminder/2')).toMatchObject({
      deliveredAt: new Date('2024-03-01T10:00:00+08:00'),
    });
  });
});

describe('each service has just the rights it needs', () => {
  const everyService = ['gongshu_catalog', 'gongshu_registry', 'gongshu_pricing', 'gongshu_disclosure'];
  const others = everyService.filter((role) => role !== 'gongshu_registry');
  const may = async (role: string, table: string, column: string, right: string): Promise<boolean> => {
    const { rows } = await sql<{ may: boolean }>`
      select has_column_privilege(${role}, ${`platform.${table}`}, ${column}, ${right}) as may`.execute(
      city.db,
    );
    return rows[0]?.may === true;
  };

  it.each([
    ['every service issues notices', everyService, 'notice', 'data', 'insert', true],
    ['every service reads whether they arrived', everyService, 'notice_delivery', 'state', 'select', true],
    ['nobody rewrites one', everyService, 'notice', 'addressee', 'update', false],
    ['the registry marks one read', ['gongshu_registry'], 'notice', 'read_at', 'update', true],
    ['the registry plans its deliveries', ['gongshu_registry'], 'notice', 'planned', 'update', true],
    ['the registry delivers', ['gongshu_registry'], 'notice_delivery', 'state', 'update', true],
    ['the others do not', others, 'notice_delivery', 'state', 'update', false],
    ['nor make deliveries up', others, 'notice_delivery', 'state', 'insert', false],
    ['contacts are the registry’s to read', ['gongshu_registry'], 'channel', 'target', 'select', true],
    ['and to nobody else', others, 'channel', 'target', 'select', false],
    ['secrets neither', others, 'channel', 'secret', 'select', false],
    ['the registry closes a channel', ['gongshu_registry'], 'channel', 'closed_at', 'update', true],
    ['nobody redirects one', everyService, 'channel', 'target', 'update', false],
  ] as const)('%s', async (_name, roles, table, column, right, expected) => {
    for (const role of roles) expect([role, await may(role, table, column, right)]).toEqual([role, expected]);
  });
});
