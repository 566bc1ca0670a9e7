import { moveWork } from '@gongshu/service-catalog/move-work';
import { codeOf, type GrantCity, startGrants, zhongwei } from './grants-support.ts';

let city: GrantCity;
const mobility = {
  roles: ['sourceDepartment'],
  organisation: 'dept-mobility',
  jurisdiction: 'zhongwei',
} as const;
const reasons = [{ code: 'notProven', text: '未能证实' }];

const report = (who: typeof mobility | typeof zhongwei.department, grantNo: string) =>
  city.call(who, 'POST', `/v1/grants/${grantNo}/overreach-reports`, {
    body: { facts: '超出范围使用', resources: [city.parking] },
  });
const hearersOf = async (kind: string, grantNo: string): Promise<string[]> => {
  const rows = await city.db
    .withSchema('platform')
    .selectFrom('notice' as never)
    .select(['addressee', 'kind', 'data'] as never)
    .execute();
  return (rows as unknown as { addressee: string; kind: string; data: { grantNo?: string } }[])
    .filter((row) => row.kind === kind && row.data.grantNo === grantNo)
    .map(({ addressee }) => addressee)
    .sort();
};

let before: string;
let approved: string;
let reported: string;

/** A grant with a report that waits, and an approved case without its agreement; then the department goes. */
beforeAll(async () => {
  city = await startGrants();
  before = await city.granted();
  approved = await city.approved();
  reported = (await report(zhongwei.department, before)).json<{ report: string }>().report;
  await city.db.transaction().execute((trx) =>
    moveWork(trx, {
      jurisdiction: 'zhongwei',
      from: 'dept-transport',
      to: 'dept-mobility',
      kind: 'sourceDepartment',
      at: city.clock.now,
    }),
  );
});
afterAll(() => city.stop());

describe('G1: a reviewing department goes into another between approval and agreement', () => {
  it('the grant is its successor’s to read and to report on (Zhongwei art. 22)', async () => {
    const grantNo = await city.signedBy(await city.rendered(approved));
    const view = await city.call(mobility, 'GET', `/v1/grants/${grantNo}`);
    expect(view.statusCode).toBe(200);
    expect(
      view.json<{ resources: { reviewer: string }[] }>().resources.map(({ reviewer }) => reviewer),
    ).toEqual(expect.arrayContaining(['dept-mobility', 'dept-health']));
    expect((await report(mobility, grantNo)).statusCode).toBe(201);
    expect(codeOf(await report(zhongwei.department, grantNo))).toEqual([403, 'partySucceeded']);
    expect(await hearersOf('granted', grantNo)).toEqual([
      ...['city-bureau', 'dept-health', 'dept-mobility', 'merchant-1', 'operator'],
    ]);
  });

  it('and how the report is decided that the other made is told to the successor', async () => {
    const answer = await city.call(zhongwei.operator, 'POST', `/v1/overreach-reports/${reported}/decision`, {
      body: { outcome: 'dismiss', reasons },
    });
    expect(answer.statusCode).toBe(200);
    expect(await hearersOf('overreachDecided', before)).toEqual([
      'city-bureau',
      'dept-mobility',
      'merchant-1',
    ]);
  });
});
