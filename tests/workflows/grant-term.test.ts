/** The term of a grant: warned, expired, ended early, whoever was away (Zhongwei art. 19, 22). */
import type { GrantDeps, UseTables } from '@gongshu/service-catalog/grants/deps';
import { loadPacks } from '@gongshu/infra/packs';
import { type Kysely, sql } from 'kysely';
import { asked, casesIn, merchant, zhongwei } from '../services/grants-support.ts';
import { namePath } from '../support/turns-history.ts';
import { instant } from '../support/turns-time.ts';
import { bundleTwin } from './twins/workflows.ts';
import { startTurns, type Turns, until } from '../support/turns.ts';

let turns: Turns;
let db: Kysely<UseTables>;
let cases: ReturnType<typeof casesIn>;
beforeAll(async () => {
  turns = await startTurns({ replayed: true });
  db = turns.db as unknown as Kysely<UseTables>;
  cases = casesIn(db, loadPacks() as GrantDeps['packs'], turns.call, {
    parking: turns.entries.get('transport') ?? '',
    clinics: turns.entries.get('health') ?? '',
  });
});
afterAll(() => turns.stop());

const reasons = [{ code: 'needNoMore', text: '不再需要' }];
const contents = { ...asked, term: { from: '2024-03-01', until: '2024-06-30' } };

const rowOf = (grantNo: string) =>
  db.selectFrom('use_grant').selectAll().where('grant_no', '=', grantNo).executeTakeFirstOrThrow();
/** Waits until the workflow has looked, and waits for what comes next. */
const waiting = (grantNo: string) =>
  until(`${grantNo} looked`, async () => {
    const { wake_at, wake_kind, state } = await rowOf(grantNo);
    if (state === 'ended') return true;
    const now = new Date(await turns.law.now());
    return wake_kind !== 'opening' && wake_at !== null && wake_at > now;
  });
const completed = (grantNo: string) =>
  until(`${grantNo} completed`, async () => {
    const { status } = await turns.client.workflow.getHandle(grantNo).describe();
    return status.name === 'COMPLETED';
  });
/** A grant from 1 March to 30 June, made on a Friday morning in March. */
const granted = async (path?: string, how: Parameters<typeof cases.granted>[0] = {}): Promise<string> => {
  await turns.law.begin('2024-03-01T10:00:00');
  const grantNo = await cases.granted({ contents, ...how });
  if (path) namePath(grantNo, path);
  await waiting(grantNo);
  return grantNo;
};
const told = async (grantNo: string) =>
  (await cases.told(grantNo)).map((type) => type.slice('grant.'.length));
const view = async (grantNo: string) =>
  (await turns.call(zhongwei.operator, 'GET', `/v1/grants/${grantNo}`)).json<{
    state: string;
    endKind: string | null;
    endedAt: string | null;
    nextWarningAt: string | null;
  }>();

describe('a grant that is left alone', () => {
  it('is told thirty and five days before, and expires at 24:00 of its last day', async () => {
    const grantNo = await granted('grant-expired');
    expect(await rowOf(grantNo)).toMatchObject({
      wake_kind: 'warning',
      wake_at: new Date(instant('2024-05-31T09:00:00')),
    });
    await turns.law.goTo('2024-05-31T08:59:00');
    expect(await told(grantNo)).toEqual(['granted']);
    await turns.law.goTo('2024-05-31T09:01:00');
    await waiting(grantNo);
    expect(await told(grantNo)).toEqual(['granted', 'expiring']);
    await turns.law.goTo('2024-06-25T09:01:00');
    await waiting(grantNo);
    await turns.law.goTo('2024-07-01T00:00:01');
    await completed(grantNo);
    expect(await told(grantNo)).toEqual(['granted', 'expiring', 'expiring', 'expired']);
    expect(await rowOf(grantNo)).toMatchObject({
      state: 'ended',
      end_kind: 'expired',
      ended_at: new Date(instant('2024-07-01T00:00:00')),
      wake_at: null,
    });
    const { rows } = await sql<object>`
      select distinct kind, article
      from platform.notice
      where data->>'grantNo' = ${grantNo}
      order by kind`.execute(db);
    expect(rows).toEqual([
      { kind: 'grantExpired', article: '第十九条' },
      { kind: 'grantExpiring', article: '文本未规定，按解释' },
      { kind: 'granted', article: '第十九条' },
    ]);
  });

  it('whose activities run twice is told everything once', async () => {
    await turns.workWith({
      activities: (ours) => ({
        lookAtGrant: (input) => ours.lookAtGrant(input).then(() => ours.lookAtGrant(input)),
      }),
    });
    const grantNo = await granted();
    await turns.law.goTo('2024-07-01T00:00:01');
    await completed(grantNo);
    expect(await told(grantNo)).toEqual(['granted', 'expiring', 'expiring', 'expired']);
    await turns.workWith();
  });

  it('told of many moves of the clock goes on in a new run, and misses nothing', async () => {
    let looks = 0;
    await turns.workWith({
      bundle: await bundleTwin([['looksInARun = 100', 'looksInARun = 3']], 'grant-term'),
      activities: (ours) => ({
        lookAtGrant: async (input) => {
          const reading = await ours.lookAtGrant(input);
          looks += 1;
          return reading;
        },
      }),
    });
    const grantNo = await granted();
    const handle = turns.client.workflow.getHandle(grantNo);
    const { runId } = await handle.describe();
    for (let moves = 0; (await handle.describe()).runId === runId; moves += 1) {
      if (moves > 4) throw new Error('it goes on in one run');
      const before = looks;
      await handle.signal('lawTimeMoved');
      await until('it looked', async () => looks > before);
    }
    await turns.law.goTo('2024-07-01T00:00:01');
    await completed(grantNo);
    expect(await told(grantNo)).toEqual(['granted', 'expiring', 'expiring', 'expired']);
    await turns.workWith();
  });

  it('shows in the Temporal UI how it stands, by numbers alone', async () => {
    const grantNo = await granted();
    const described = () => turns.client.workflow.getHandle(grantNo).describe();
    await until('it shows', async () => 'GongshuDueAt' in (await described()).searchAttributes);
    const { type, searchAttributes } = await described();
    expect(type).toBe('grantTerm');
    expect(searchAttributes).toMatchObject({
      GongshuKind: ['使用授权'],
      GongshuStage: ['授权有效'],
      GongshuDueAt: [new Date(instant('2024-05-31T09:00:00'))],
    });
    await turns.call(merchant, 'POST', `/v1/grants/${grantNo}/end`, { body: { reasons } });
    await completed(grantNo);
  });
});

describe('a grant that is ended while its term runs', () => {
  it('completes its workflow at once, and is told no more', async () => {
    const grantNo = await granted('grant-ended-early');
    await turns.law.goTo('2024-04-10T10:00:00');
    const answer = await turns.call(merchant, 'POST', `/v1/grants/${grantNo}/end`, { body: { reasons } });
    expect(answer.json()).toMatchObject({ state: 'ended', endKind: 'endedEarly' });
    await completed(grantNo);
    await turns.law.goTo('2024-07-02T00:00:00');
    expect(await told(grantNo)).toEqual(['granted', 'endedEarly']);
  });

  it('Temporal away: ended in the row at once; the workflow hears of it later', async () => {
    const grantNo = await granted('grant-ended-unheard');
    turns.temporal.away = true;
    await turns.call(merchant, 'POST', `/v1/grants/${grantNo}/end`, { body: { reasons } });
    expect((await view(grantNo)).state).toBe('ended');
    await turns.deliverLeft();
    await completed(grantNo);
    expect(await told(grantNo)).toEqual(['granted', 'endedEarly']);
  });

  it('an amendment ends the old grant’s workflow, and begins one of its own', async () => {
    const old = await granted();
    const grantNo = await cases.granted({ contents, kind: 'amendment', grantNo: old });
    await completed(old);
    await waiting(grantNo);
    expect((await told(old)).at(-1)).toBe('replaced');
    await turns.law.goTo('2024-07-01T00:00:01');
    await completed(grantNo);
    expect((await told(grantNo)).at(-1)).toBe('expired');
  });
});

describe('the row is the authority', () => {
  it('worker away at the expiry: ended by comparison, told with its true instant on return', async () => {
    const grantNo = await granted('grant-worker-away');
    await turns.law.goTo('2024-06-26T10:00:00');
    await waiting(grantNo);
    await turns.stopWorker();
    await turns.law.goTo('2024-06-30T23:59:58');
    await turns.law.begin('2024-07-08T12:00:00'); // the law's time goes on, the timer has yet to fire
    expect(await view(grantNo)).toMatchObject({
      state: 'ended',
      endKind: 'expired',
      endedAt: '2024-07-01T00:00:00+08:00',
    });
    expect(await told(grantNo)).toEqual(['granted', 'expiring', 'expiring']);
    await turns.startWorker();
    await turns.law.goTo('2024-07-08T12:00:10');
    await completed(grantNo);
    expect(await told(grantNo)).toEqual(['granted', 'expiring', 'expiring', 'expired']);
    expect((await rowOf(grantNo)).ended_at).toEqual(new Date(instant('2024-07-01T00:00:00')));
  });

  it('a suspended grant expires all the same', async () => {
    const grantNo = await granted('grant-suspended-expired');
    const { resources } = (await turns.call(zhongwei.operator, 'GET', `/v1/grants/${grantNo}`)).json<{
      resources: { resource: string; reviewer: string }[];
    }>();
    const own = resources
      .filter(({ reviewer }) => reviewer === 'dept-transport')
      .map(({ resource }) => resource);
    const reported = await turns.call(
      zhongwei.department,
      'POST',
      `/v1/grants/${grantNo}/overreach-reports`,
      {
        body: { facts: '调用量异常', resources: own },
      },
    );
    const { report } = reported.json<{ report: string }>();
    await turns.call(zhongwei.bureau, 'POST', `/v1/overreach-reports/${report}/decision`, {
      body: { outcome: 'suspend', reasons },
    });
    const stage = async () =>
      (await turns.client.workflow.getHandle(grantNo).describe()).searchAttributes['GongshuStage'];
    await until('the suspension shows', async () => (await stage())?.[0] === '授权暂停');
    await turns.law.goTo('2024-07-01T00:00:01');
    await completed(grantNo);
    expect(await view(grantNo)).toMatchObject({ state: 'ended', endKind: 'expired' });
    expect((await told(grantNo)).at(-1)).toBe('expired');
  });

  it('a start that Temporal was away for is made up, once', async () => {
    await turns.law.begin('2024-03-01T10:00:00');
    turns.temporal.away = true;
    const grantNo = await cases.granted({ contents });
    expect((await view(grantNo)).state).toBe('active');
    expect((await rowOf(grantNo)).wake_kind).toBe('opening');
    await turns.deliverLeft();
    await turns.deliverLeft();
    await waiting(grantNo);
    await turns.law.goTo('2024-07-01T00:00:01');
    await completed(grantNo);
    expect((await told(grantNo)).filter((type) => type === 'expired')).toHaveLength(1);
  });
});
