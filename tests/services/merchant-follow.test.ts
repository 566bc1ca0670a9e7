import { loadPacks } from '@gongshu/infra/packs';
import { followMerchant } from '@gongshu/service-catalog/merchants-subscriber';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { type GrantCity, merchant, startGrants } from './grants-support.ts';

let city: GrantCity;
let pack: ResolvedPack;
beforeAll(async () => {
  city = await startGrants();
  pack = loadPacks().resolve('zhongwei');
}, 60_000);
afterAll(() => city?.stop());

type Told = Parameters<typeof followMerchant>[2];
const tell = (type: Told, at = '2024-03-01T10:00:00+08:00', under = pack) =>
  city.db.transaction().execute((trx) =>
    followMerchant(trx, under, type, {
      jurisdiction: 'zhongwei',
      merchant: 'merchant-1',
      reasonCodes: ['rectificationDue'],
      at: new Date(at),
    }),
  );
const stateOf = async (grantNo: string) => {
  const { state, end_kind } = await city.db
    .selectFrom('use_grant')
    .select(['state', 'end_kind'])
    .where('grant_no', '=', grantNo)
    .executeTakeFirstOrThrow();
  return { state, end_kind };
};
const apply = async () => {
  const answer = await city.call(merchant, 'POST', '/v1/applications', {
    body: {
      resources: [city.parking],
      contents: {
        ...{ scenario: '停车诱导', scope: '全市', manner: '接口调用', securityMeasures: '专网接入' },
        term: { from: '2024-03-01', until: '2026-02-28' },
      },
    },
  });
  return answer.json<{ caseNo?: string; code?: string; article?: { article: string } }>();
};
const withdrawalsOf = (caseNo: string | undefined) =>
  city.db
    .selectFrom('intake')
    .select(['act', 'state', 'actor_id'])
    .where('case_no', '=', caseNo ?? '')
    .where('act', '=', 'withdrawApplication')
    .execute();

describe('cases and grants follow how a merchant stands (M1, 中卫 18)', () => {
  it('suspended: open cases go on, no new ones, grants rest until it is restored', async () => {
    const grantNo = await city.granted();
    const open = await apply();
    await tell('merchant.suspended.v1');
    expect(await stateOf(grantNo)).toEqual({ state: 'suspended', end_kind: null });
    expect(await withdrawalsOf(open.caseNo)).toEqual([]);
    const refused = await apply();
    expect(refused).toMatchObject({ code: 'merchantSuspended' });
    // 十八 names no suspension, and 二十七 no effect on applications: our reading is told as no article.
    expect(refused).not.toHaveProperty('article');
    await tell('merchant.suspended.v1'); // told again, nothing changes
    const suspensions = () =>
      city.db.selectFrom('use_grant_suspension').selectAll().where('grant_no', '=', grantNo).execute();
    expect(await suspensions()).toHaveLength(1);
    await tell('merchant.restored.v1', '2024-03-05T10:00:00+08:00');
    expect(await stateOf(grantNo)).toMatchObject({ state: 'active' });
    expect((await apply()).caseNo).toBeDefined();
  });

  it('where a pack reads it so, a suspension leaves grants alone', async () => {
    const grantNo = await city.granted();
    const rules = pack.rules['merchantOnboarding'] ?? {};
    const milder = {
      ...pack,
      rules: {
        ...pack.rules,
        merchantOnboarding: {
          ...rules,
          whileSuspended: {
            ...(rules['whileSuspended'] as never as object),
            value: { applications: 'continue', grants: 'continue' },
          },
        },
      },
    } as unknown as ResolvedPack;
    await tell('merchant.suspended.v1', '2024-03-06T10:00:00+08:00', milder);
    expect(await stateOf(grantNo)).toMatchObject({ state: 'active' });
    await tell('merchant.restored.v1', '2024-03-07T10:00:00+08:00');
  });

  it('exited: open cases are withdrawn, grants end, no new ones; enrolled anew it applies again', async () => {
    const grantNo = await city.granted();
    const open = await apply();
    await tell('merchant.exited.v1', '2024-03-08T10:00:00+08:00');
    expect(await stateOf(grantNo)).toEqual({ state: 'ended', end_kind: 'merchantExited' });
    expect(await withdrawalsOf(open.caseNo)).toEqual([
      { act: 'withdrawApplication', state: 'taken', actor_id: 'registry' },
    ]);
    expect(await apply()).toMatchObject({ code: 'merchantExited', article: { article: '十八' } });
    await tell('merchant.enrolled.v1', '2024-03-11T10:00:00+08:00');
    expect(await stateOf(grantNo)).toMatchObject({ state: 'ended' });
    expect((await apply()).caseNo).toBeDefined();
  });

  it('[M1 zhongwei refuses] one never enrolled does not apply', async () => {
    await city.db.deleteFrom('merchant').where('organisation', '=', 'merchant-1').execute();
    expect(await apply()).toMatchObject({ code: 'merchantNotEnrolled', article: { article: '十八' } });
    await tell('merchant.enrolled.v1');
  });
});
