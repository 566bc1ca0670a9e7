/** The article every notice of a grant, merchant or norm names; expectations read by hand from Zhongwei's measures. */
import { loadPacks } from '@gongshu/infra/packs';
import { followMerchant } from '@gongshu/service-catalog/merchants-subscriber';
import { type Kysely, sql } from 'kysely';
import { type GrantCity, merchant, startGrants, zhongwei } from './grants-support.ts';
import { type RegistryCity, reasons, startRegistryCity } from './onboarding-support.ts';

jest.setTimeout(120_000);

const instrument = '中卫市公共数据资源授权运营管理办法（试行）（征求意见稿）';
const under = (article: string) => ({ article, instrument });
/** The measures say nothing of it. */
const silent = { article: '文本未规定，按解释', instrument: null };

/** What each kind of notice about a subject rests on, kinds in their order. */
const restingOf = async (db: Kysely<any>, field: string, subject: string) => {
  const { rows } = await sql<{ kind: string; article: string | null; instrument: string | null }>`
    select distinct kind, article, instrument
    from platform.notice
    where data->>${field} = ${subject}
    order by kind`.execute(db);
  return Object.fromEntries(rows.map(({ kind, ...place }) => [kind, place]));
};

describe('agreements and grants', () => {
  let city: GrantCity;
  beforeAll(async () => {
    city = await startGrants();
  });
  afterAll(() => city?.stop());
  const post = (who: Parameters<GrantCity['call']>[0], url: string, body: object) =>
    city.call(who, 'POST', url, { body });
  const resting = (grantNo: string) => restingOf(city.db, 'grantNo', grantNo);
  const stands = (type: Parameters<typeof followMerchant>[2]) =>
    city.db.transaction().execute((trx) =>
      followMerchant(trx, loadPacks().resolve('zhongwei'), type, {
        ...{ jurisdiction: 'zhongwei', merchant: 'merchant-1', reasonCodes: ['measuresInsufficient'] },
        at: new Date('2024-03-01T10:00:00+08:00'),
      }),
    );

  it('19: the standard agreement, the grant it makes and its early end', async () => {
    const grantNo = await city.granted();
    await post(merchant, `/v1/grants/${grantNo}/end`, { reasons });
    expect(await resting(grantNo)).toEqual({
      granted: under('第十九条'),
      grantEndedEarly: under('第十九条'),
    });
    const { agreement_no } = await city.db
      .selectFrom('use_grant')
      .select('agreement_no')
      .where('grant_no', '=', grantNo)
      .executeTakeFirstOrThrow();
    expect(await restingOf(city.db, 'agreementNo', agreement_no)).toEqual({
      agreementRendered: under('第十九条'),
      agreementAwaitsYou: under('第十九条'),
      granted: under('第十九条'),
    });
  });

  it('19: an amended grant is replaced; 22: a use that is refused, decided, suspended, restored', async () => {
    const grantNo = await city.granted();
    const report = await post(zhongwei.department, `/v1/grants/${grantNo}/overreach-reports`, {
      ...{ facts: '三月五日起调用量异常', resources: [city.parking] },
    });
    const { report: id } = report.json<{ report: string }>();
    await post(zhongwei.operator, `/v1/overreach-reports/${id}/decision`, { outcome: 'suspend', reasons });
    await post(zhongwei.operator, `/v1/grants/${grantNo}/restoration`, { reasons });
    await city.granted({ kind: 'amendment', grantNo });
    expect(await resting(grantNo)).toEqual({
      granted: under('第十九条'),
      overreachReported: silent, // 22 names nobody who reports
      overreachDecided: under('第二十二条'),
      grantSuspended: under('第二十二条'),
      grantRestored: under('第二十二条'),
      grantReplaced: under('第十九条'),
    });
  });

  it('what a suspended merchant’s grants suffer is told as our reading', async () => {
    const grantNo = await city.granted();
    await stands('merchant.suspended.v1');
    await stands('merchant.restored.v1');
    expect(await resting(grantNo)).toEqual({
      granted: under('第十九条'),
      grantSuspended: silent,
      grantRestored: silent,
    });
  });

  it('and what its exit ends', async () => {
    const grantNo = await city.granted();
    await stands('merchant.exited.v1');
    expect(await resting(grantNo)).toMatchObject({ grantEndedEarly: silent });
  });
});

describe('merchants and norms', () => {
  let city: RegistryCity;
  beforeAll(async () => {
    city = await startRegistryCity();
    await city.stands(1, 'enrolled');
  });
  afterAll(() => city?.stop());

  it('no article speaks of what suspends a merchant, nor of what its exit does', async () => {
    for (const act of ['suspension', 'restoration', 'exit'])
      await city.post(zhongwei.operator, `/v1/merchants/merchant-1/${act}`, { reasons });
    expect(await restingOf(city.db, 'merchant', 'merchant-1')).toEqual({
      merchantSuspended: silent,
      merchantRestored: silent,
      merchantExited: silent,
    });
  });

  it('18: norms are submitted to the authority, and stand once it agrees', async () => {
    const submitted = async (version: number) =>
      (await city.post(zhongwei.operator, '/v1/norms', city.norm(version)))['norm'] as string;
    const decide = (norm: string, body: object) =>
      city.post(zhongwei.bureau, `/v1/norms/${norm}/decision`, body);
    const first = await submitted(1);
    await decide(first, { outcome: 'approve' });
    expect(await restingOf(city.db, 'norm', first)).toEqual({
      normSubmitted: under('第十八条'),
      normApproved: under('第十八条'),
    });
    const second = await submitted(2);
    await decide(second, { outcome: 'refuse', reasons });
    expect(await restingOf(city.db, 'norm', second)).toMatchObject({ normRefused: under('第十八条') });
  });
});
