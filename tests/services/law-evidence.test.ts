// X4: evidence of the platform, with expiry: what a city asks for, how it stands, what follows when it runs out.
import { keepSchedules } from '@gongshu/infra/schedules';
import { evidenceDues } from '@gongshu/infra/platform-evidence/due';
import { keepMandate } from '@gongshu/service-disclosure/evidence/mandates-subscriber';
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { type Disclosure, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
/** A kind that each city asks for, without which it suspends; and one of which it only warns. */
const suspending = {
  zhongwei: 'cryptographyAssessment',
  shuozhou: 'environmentAssessment',
  wuhai: 'isolation',
};
const warning = { zhongwei: 'simulatedData', shuozhou: 'toolCertification', wuhai: 'platformStandards' };
const speaking = ['zhongwei', 'shuozhou', 'wuhai'] as const;
const packs = loadPacks();
let the: Disclosure;
let at: Record<(typeof cities)[number], ReturnType<typeof atEvidence>>;
beforeAll(async () => {
  the = await startDisclosure(cities);
  at = Object.fromEntries(cities.map((city) => [city, atEvidence(the, city)])) as typeof at;
  await the.law.begin('2024-03-01T09:00:00');
  for (const [n, city] of speaking.entries()) await at[city].mandate(`${150300 + n}-YY-2024-000001`);
}, 120_000);
afterAll(() => the?.stop());

const year = { issuedOn: '2023-07-01', validUntil: '2024-06-30' };

describe('[X4 zhongwei] [X4 shuozhou] [X4 wuhai] what the text asks for is missing, in force, expiring, expired', () => {
  it.each(speaking)(
    '%s: each kind of its pack, and no other, with the article that asks for it',
    async (city) => {
      const { required } = valuesOf(packs.resolve(city), 'platformEvidence');
      const { items } = (await the.call(at[city].who.operator, 'GET', '/v1/evidence')).json();
      expect(
        items.map(({ kind, state, article }: any) => [kind, state, article.replace(/^第|条$/g, '')]),
      ).toEqual(required === 'none' ? [] : required.map(({ kind, article }) => [kind, 'missing', article]));
      expect(await at[city].accepted(suspending[city], year)).toMatch(/^ZM-/);
      expect(await at[city].standing(suspending[city])).toMatchObject({
        state: 'inForce',
        until: '2024-06-30',
      });
    },
  );

  it.each(speaking)(
    '%s: warned of by the pack’s days, told when it ends, supply ordered to rest once',
    async (city) => {
      const one = at[city];
      const kind = suspending[city];
      await the.law.begin('2024-03-01T10:00:00');
      await one.accepted(warning[city], year);
      const seen: unknown[] = [];
      for (const day of [
        '2024-04-30',
        '2024-05-01',
        '2024-05-31',
        '2024-06-23',
        '2024-06-30',
        '2024-07-01',
        '2024-07-02',
      ]) {
        await the.law.begin(`${day}T00:00:01`);
        await one.round();
        seen.push([day, (await one.standing(kind))?.['state'], (await one.story(kind)).length]);
      }
      expect(seen).toEqual([
        ['2024-04-30', 'inForce', 0],
        ['2024-05-01', 'expiresSoon', 1],
        ['2024-05-31', 'expiresSoon', 2],
        ['2024-06-23', 'expiresSoon', 3],
        ['2024-06-30', 'expiresSoon', 3],
        ['2024-07-01', 'expired', 5],
        ['2024-07-02', 'expired', 5],
      ]);
      expect(await one.story(kind)).toEqual([
        ...['expiresSoon', 'expiresSoon', 'expiresSoon', 'expired', 'suspensionOrdered'],
      ]);
      expect(await one.told(kind, 'expiresSoon')).toMatchObject([
        { daysLeft: 60 },
        { daysLeft: 30 },
        { daysLeft: 7 },
      ]);
      expect(await one.told(kind, 'suspensionOrdered')).toMatchObject([
        {
          ground: 'evidenceExpired',
          until: '2024-06-30',
          scope: { all: false, bodies: [], operators: ['operator'] },
        },
      ]);
      // Of what its pack does not have supply rest on, it is told, and no more.
      expect(await one.story(warning[city])).toEqual([
        ...['expiresSoon', 'expiresSoon', 'expiresSoon', 'expired'],
      ]);
    },
  );
});

describe('[X4 zhongwei refuses] [X4 shuozhou refuses] [X4 wuhai refuses] what is not evidence is refused, and nothing is kept', () => {
  beforeAll(() => the.law.begin('2024-08-01T09:00:00'));

  it.each(speaking)(
    '%s: a kind of another city, dates that do not hold together, what has expired, nobody’s document',
    async (city) => {
      const { submit } = at[city];
      const kind = suspending[city];
      const other = suspending[city === 'wuhai' ? 'shuozhou' : 'wuhai'];
      const refused = async (body: object, of = kind) => {
        const { status, code, errors } = await submit(of, body);
        return [status, code, errors?.[0]?.pointer];
      };
      expect(await refused(year, other)).toEqual([422, 'evidenceKindUnknown', '/body/kind']);
      expect(await refused({ issuedOn: '2024-08-02' })).toEqual([
        422,
        'evidenceDatesUnsound',
        '/body/issuedOn',
      ]);
      expect(await refused({ issuedOn: '2024-07-02', validFrom: '2024-07-01' })).toEqual([
        ...[422, 'evidenceDatesUnsound', '/body/validFrom'],
      ]);
      expect(await refused({ issuedOn: '2024-07-02', validUntil: '2024-07-01' })).toEqual([
        ...[422, 'evidenceDatesUnsound', '/body/validUntil'],
      ]);
      expect(await refused(year)).toEqual([422, 'evidenceExpiredAlready', '/body/validUntil']);
      expect(await refused({ issuedOn: '2024-02-30' })).toEqual([400, 'invalidRequest', '/body/issuedOn']);
      const nobodys = { issuedOn: '2024-07-01', document: `sha256:${'0'.repeat(64)}` };
      expect(await refused(nobodys)).toEqual([422, 'documentUnknown', '/body/document']);
      const { items } = (
        await the.call(at[city].who.bureau, 'GET', `/v1/evidence/history?kind=${kind}`)
      ).json();
      expect(items).toHaveLength(1);
    },
  );

  it.each(speaking)(
    '%s: the operator does not accept its own, the auditor submits none, another city sees none',
    async (city) => {
      const { submit, who } = at[city];
      const { evidence } = await submit(warning[city], { issuedOn: '2024-07-30', validUntil: '2025-07-29' });
      const decision = (by: Parameters<Disclosure['call']>[0]) =>
        the.call(by, 'POST', `/v1/evidence/${evidence}/decision`, { outcome: 'accept' });
      expect((await decision(who.operator)).statusCode).toBe(403);
      expect((await decision(who.auditor)).statusCode).toBe(403);
      expect((await decision(at.national.who.bureau)).statusCode).toBe(404);
      expect(await submit(warning[city], { issuedOn: '2024-07-31' }, who.auditor)).toMatchObject({
        status: 403,
      });
      expect((await the.call(at.national.who.operator, 'GET', `/v1/evidence/${evidence}`)).statusCode).toBe(
        404,
      );
      expect((await the.call(who.merchant, 'GET', '/v1/evidence')).statusCode).toBe(403);
      // It waits for its answer: another of the kind does not.
      expect(await submit(warning[city], { issuedOn: '2024-07-31' })).toMatchObject({
        ...{ status: 409, code: 'evidenceWaiting' },
      });
      expect(await at[city].decide(evidence, 'return')).toMatchObject({
        status: 422,
        code: 'reasonsMissing',
      });
      const reasons = [{ code: 'scopeIncomplete', text: '未覆盖全部系统' }];
      expect(await at[city].decide(evidence, 'return', { reasons })).toMatchObject({
        state: 'returned',
        reasons,
      });
      expect(await at[city].decide(evidence, 'accept')).toMatchObject({
        status: 409,
        code: 'evidenceDecided',
      });
      expect(JSON.stringify(await the.told(evidence, 'evidence.returned.v1'))).not.toContain('系统');
      expect(await at[city].standing(warning[city])).toMatchObject({ state: 'expired' });
    },
  );

  it('nothing is asked for where the text names no proof', async () => {
    expect((await the.call(at.national.who.bureau, 'GET', '/v1/evidence')).json()).toMatchObject({
      items: [],
    });
    expect(await at.national.submit('mlps3', { issuedOn: '2024-07-31' })).toMatchObject({
      ...{ status: 422, code: 'evidenceKindUnknown' },
    });
  });
});

describe('when evidence runs out, and after (X4, 中卫 二十七、二十九)', () => {
  const kind = 'mlps3';
  const zhongwei = () => at.zhongwei;

  it('renewed before its end it never suspends; its rounds missed, it is caught up once; renewed with a gap it does', async () => {
    const one = zhongwei();
    await the.law.begin('2024-09-01T09:00:00');
    await one.accepted(kind, { issuedOn: '2024-01-01', validUntil: '2024-12-31' });
    await the.law.begin('2024-12-20T09:00:00');
    await one.round();
    expect(await one.told(kind, 'expiresSoon')).toMatchObject([{ daysLeft: 11 }]); // the two before were missed
    await one.accepted(kind, { issuedOn: '2024-12-15', validFrom: '2025-01-01', validUntil: '2025-06-30' });
    await the.law.begin('2025-01-01T00:00:01');
    await one.round();
    expect(await one.standing(kind)).toMatchObject({ state: 'inForce', until: '2025-06-30' });
    expect(await one.told(kind, 'expired')).toEqual([]);
    // The worker is away from June to August, and a renewal that leaves a month out waits.
    await the.law.begin('2025-06-20T09:00:00');
    await one.accepted(kind, { issuedOn: '2025-06-18', validFrom: '2025-08-01', validUntil: '2026-06-17' });
    await the.law.begin('2025-07-20T09:00:00');
    expect(await one.round()).toBeGreaterThan(1);
    expect(await one.round()).toBe(0);
    expect(await one.told(kind, 'expired')).toMatchObject([{ until: '2025-06-30', suspends: true }]);
    expect(await one.told(kind, 'suspensionOrdered')).toHaveLength(1);
    const { order } = (await one.standing(kind)) as { order: string };
    await the.law.begin('2025-08-01T00:00:01');
    await one.round();
    await one.round();
    expect(await one.told(kind, 'restorationOrdered')).toMatchObject([
      { order, scope: { operators: ['operator'] } },
    ]);
    expect(await one.standing(kind)).toMatchObject({ state: 'inForce', order: null, until: '2026-06-17' });
  });

  it('accepted after its end it restores at once, in the order that it suspended; late is told as late', async () => {
    const one = zhongwei();
    await the.law.begin('2026-06-18T00:00:01');
    const { evidence, dueOn } = await one.submit(kind, { issuedOn: '2026-06-10', validUntil: '2027-06-09' });
    expect(dueOn).toBe('2026-06-26'); // five working days, 端午 in between
    await the.law.begin('2026-06-29T09:00:00');
    await one.round();
    expect(await one.told(kind, 'decisionOverdue')).toMatchObject([{ evidence, lastDay: dueOn }]);
    expect(await one.told(kind, 'suspensionOrdered')).toHaveLength(2);
    const tasks = (await the.call(one.who.bureau, 'GET', '/v1/tasks')).json();
    expect(tasks.items.find(({ subject }: any) => subject === evidence)).toMatchObject({
      ...{ kind: 'evidenceDecision', lastDay: dueOn, overdue: true, acts: ['decideEvidence'] },
    });
    await one.decide(evidence, 'accept');
    expect(await the.told(evidence, 'evidence.accepted.v1')).toMatchObject([{ late: true }]);
    const [, second] = await one.told(kind, 'suspensionOrdered');
    expect((await one.told(kind, 'restorationOrdered')).at(-1)).toMatchObject({
      ...{ order: second?.['order'], by: evidence },
    });
  });

  it('a document holds no longer than the pack lets its kind, whatever it says', async () => {
    const one = zhongwei();
    await the.law.begin('2027-05-01T09:00:00');
    const given = await one.submit(kind, { issuedOn: '2027-04-30', validUntil: '2030-04-29' });
    expect(given).toMatchObject({ statedUntil: '2030-04-29', validUntil: '2028-04-29' });
    await one.decide(given['evidence'], 'accept');
    expect(await one.standing(kind)).toMatchObject({ until: '2028-04-29' });
  });

  it('an operator whose mandate has ended suspends nothing more, and what it had suspended is restored', async () => {
    const { db, told, round, standing } = at.wuhai;
    const of = { jurisdiction: 'wuhai', lawtime: '2024-08-01T12:00:00+08:00' };
    const tell = (name: string, caseNo: string) =>
      db.transaction().execute((trx) =>
        keepMandate(trx, packs, {
          ...{ ...of, type: `cn.gongshu.operatingAgreement.${name}.v1` },
          data: { caseNo, operator: 'operator', from: '2024-01-15' },
        }),
      );
    expect(await standing('isolation')).toMatchObject({ state: 'expired', order: expect.any(String) });
    await tell('inForce', '150302-YY-2024-000001');
    await tell('inForce', '150302-YY-2024-000002');
    await tell('ended', '150302-YY-2024-000001');
    expect(await told('isolation', 'suspensionOrdered')).toHaveLength(1); // stands still
    expect(await told('isolation', 'restorationOrdered')).toEqual([]); // another still runs
    await tell('ended', '150302-YY-2024-000002');
    await tell('ended', '150302-YY-2024-000002');
    expect(await told('isolation', 'restorationOrdered')).toMatchObject([{ by: null }]);
    await round();
    await at.wuhai.look({ jurisdiction: 'wuhai', operator: 'operator', kind: 'isolation' });
    expect(await told('isolation', 'suspensionOrdered')).toHaveLength(1);

    // The same evidence, still expired, is no better under a new mandate: it orders again, once.
    await tell('inForce', '150302-YY-2024-000003');
    await tell('inForce', '150302-YY-2024-000003');
    const orders = await told('isolation', 'suspensionOrdered');
    expect(orders).toMatchObject([{ until: '2024-06-30' }, { until: '2024-06-30' }]);
    expect(await standing('isolation')).toMatchObject({ state: 'expired', order: orders[1]?.['order'] });
    await tell('ended', '150302-YY-2024-000003');
    await tell('inForce', '150302-YY-2024-000004');
    expect(await told('isolation', 'suspensionOrdered')).toHaveLength(3);
    const { evidence } = await at.wuhai.submit('isolation', { issuedOn: '2024-08-01' });
    await at.wuhai.decide(evidence, 'accept');
    const lifted = (await told('isolation', 'restorationOrdered')).map(({ order, by }) => [order, by]);
    expect(new Set(lifted.map(([order]) => order)).size).toBe(3);
    expect(lifted.map(([, by]) => by)).toEqual([null, null, evidence]);
  });

  it('evidence that ran out before any mandate orders nothing until one begins; in force, nothing then either', async () => {
    const { db, accepted, look, who } = at.zhongwei;
    const second = { ...who.operator, organisation: 'operator-b' };
    const mine = (kind: string) =>
      the.told(`evidence-zhongwei-operator-b-${kind}`, 'evidence.suspensionOrdered.v1');
    const begin = () =>
      db.transaction().execute((trx) =>
        keepMandate(trx as never, packs, {
          ...{ type: 'cn.gongshu.operatingAgreement.inForce.v1', jurisdiction: 'zhongwei' },
          lawtime: '2027-06-02T09:00:00+08:00',
          data: { caseNo: '640500-YY-2027-000009', operator: 'operator-b', from: '2027-06-02' },
        }),
      );
    await db
      .insertInto('body')
      .values({ jurisdiction: 'zhongwei', id: 'operator-b', kind: 'operator' })
      .execute();
    await the.law.begin('2027-05-02T09:00:00');
    for (const [kind, validUntil] of [
      ['mlps3', '2027-05-31'],
      ['cryptographyAssessment', '2027-12-31'],
    ] as const)
      await accepted(kind, { issuedOn: '2027-05-01', validUntil }, second);
    await the.law.begin('2027-06-02T09:00:00');
    await look({ jurisdiction: 'zhongwei', operator: 'operator-b', kind: 'mlps3' });
    expect(await the.told('evidence-zhongwei-operator-b-mlps3', 'evidence.expired.v1')).toHaveLength(1);
    expect(await mine('mlps3')).toEqual([]);
    await begin();
    await begin();
    // Its own supply alone: the first operator of the city goes on.
    expect(await mine('mlps3')).toMatchObject([{ scope: { all: false, operators: ['operator-b'] } }]);
    expect(await mine('cryptographyAssessment')).toEqual([]);
  });

  it('what an operator had that went into another is that one’s: it renews, and supply is restored', async () => {
    const { db, told, accepted } = at.shuozhou;
    await the.law.begin('2024-09-02T09:00:00');
    await accepted('toolCertification', { issuedOn: '2024-09-01', validUntil: '2024-12-31' });
    const succeeded = {
      ...{
        type: 'cn.gongshu.party.succeeded.v1',
        jurisdiction: 'shuozhou',
        lawtime: '2024-09-02T09:00:00+08:00',
      },
      data: { party: 'operator', kind: 'operator', successor: 'operator-2' },
    };
    await db
      .insertInto('body')
      .values({ jurisdiction: 'shuozhou', id: 'operator-2', kind: 'operator' })
      .execute();
    for (const _twice of [1, 2])
      await db.transaction().execute((trx) => keepMandate(trx as never, packs, succeeded));
    const next = { roles: ['operator'], organisation: 'operator-2', jurisdiction: 'shuozhou' } as const;
    const rows = await db
      .selectFrom('evidence_due')
      .select(['operator', 'state'])
      .distinct()
      .where('jurisdiction', '=', 'shuozhou')
      .where('opens_at', '>', new Date('2024-10-01'))
      .orderBy('operator')
      .execute();
    expect(rows).toEqual([
      { operator: 'operator', state: 'cancelled' },
      { operator: 'operator-2', state: 'ahead' },
    ]);
    const given = await at.shuozhou.submit('environmentAssessment', { issuedOn: '2024-09-01' }, next);
    expect(given).toMatchObject({ status: 201, version: 2, operator: 'operator-2' });
    await at.shuozhou.decide(given['evidence'], 'accept');
    // Orders name their operator: what stood over the one that went stands over its successor by an order of its own.
    const [first] = await told('environmentAssessment', 'suspensionOrdered');
    expect(await told('environmentAssessment', 'restorationOrdered')).toMatchObject([
      { order: first?.['order'], scope: { operators: ['operator'] }, by: null },
    ]);
    const subject = 'evidence-shuozhou-operator-2-environmentAssessment';
    const ordered = await the.told(subject, 'evidence.suspensionOrdered.v1');
    expect(ordered).toMatchObject([{ scope: { operators: ['operator-2'] } }]);
    expect(await the.told(subject, 'evidence.restorationOrdered.v1')).toMatchObject([
      { order: ordered[0]?.['order'], operator: 'operator-2', by: given['evidence'] },
    ]);
  });

  it('each day has its Schedule: made ahead, paused in the sandbox, triggered by the law’s clock, removed when done', async () => {
    const calls: string[] = [];
    const schedule = {
      create: async ({ scheduleId, state }: any) => void calls.push(`create ${scheduleId} ${state.paused}`),
      getHandle: (id: string) => ({
        trigger: async () => void calls.push(`trigger ${id}`),
        delete: async () => void calls.push(`delete ${id}`),
      }),
    };
    await at.shuozhou.db.deleteFrom('evidence_due').execute();
    await the.law.begin('2024-10-01T09:00:00');
    await at.shuozhou.accepted('toolCertification', { issuedOn: '2024-09-30', validUntil: '2024-10-20' });
    const keep = () =>
      keepSchedules({ db: the.db, client: { schedule } as never, sandbox: true }, evidenceDues);
    await keep();
    const id = (day: string) => `evidence-shuozhou-operator-toolCertification-${day}`;
    expect(calls).toContain(`create ${id('2024-10-21')} true`);
    await the.law.begin('2024-10-21T00:00:01');
    await keep();
    expect(calls).toContain(`trigger ${id('2024-10-21')}`);
    await at.shuozhou.round();
    calls.length = 0;
    await keep();
    expect(calls).toContain(`delete ${id('2024-10-21')}`);
    expect(calls.some((one) => one.startsWith('trigger'))).toBe(false);
  });
});
