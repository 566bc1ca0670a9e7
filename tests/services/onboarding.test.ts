import { sql } from 'kysely';
import {
  documentNo,
  materialOf,
  merchantNo,
  type RegistryCity,
  startRegistryCity,
} from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

const { operator, bureau } = bodiesOf('zhongwei');
let city: RegistryCity;
beforeAll(async () => {
  city = await startRegistryCity();
});
afterAll(() => city.stop());

const apply = (n: number, change: object = {}, who = merchantNo(n)) =>
  city.post(who, '/v1/onboardings', { contents: materialOf(n, change) });

describe('an onboarding is submitted (中卫 17, 18)', () => {
  it('[M2 zhongwei refuses] not before the authority has approved the onboarding norm', async () => {
    expect(await apply(1)).toMatchObject({
      status: 409,
      code: 'normNotApproved',
      article: { article: '十八' },
    });
    expect(await city.count('intake')).toBe(0);
    await city.approveNorm();
    expect(await apply(1)).toMatchObject({ status: 202, act: 'submitOnboarding' });
  });

  it('[M1 zhongwei] names who applies and an undertaking in each of the four fields, and is recorded by hash', async () => {
    const { caseNo, status } = await apply(2);
    expect([status, caseNo]).toEqual([202, expect.stringMatching(/^640500-RZ-\d{4}-\d{6}$/)]);
    const [, told] = await city.events('onboarding.submitted.v1');
    expect(told).toMatchObject({ caseNo, applicant: 'merchant-2', operator: 'operator' });
    expect(JSON.stringify(told)).not.toMatch(/李某某|承诺/);
    expect(await city.get(operator, `/v1/onboardings/${caseNo}`)).toMatchObject({
      status: 200,
      applicant: 'merchant-2',
      contents: { contents: { legalPerson: '李某某' } },
    });
    expect(await city.get(merchantNo(1), `/v1/onboardings/${caseNo}`)).toMatchObject({ status: 404 });
    const list = await city.get(bureau, '/v1/onboardings?state=open');
    expect(list['items'].map((one: { applicant: string }) => one.applicant)).toEqual([
      ...['merchant-2', 'merchant-1'],
    ]);
    const { statusCode, headers } = await city.call(bureau, 'GET', '/v1/onboardings', {
      headers: { accept: 'text/csv' },
    });
    expect([statusCode, headers['content-disposition']]).toEqual([
      200,
      'attachment; filename="onboardings.csv"',
    ]);
  });

  it.each(Object.keys(materialOf(3)))(
    '[M1 zhongwei refuses] without %s nothing is taken in',
    async (part) => {
      const before = await city.count('intake');
      expect(await apply(3, { [part]: undefined })).toMatchObject({
        status: 422,
        code: 'applicationIncomplete',
        errors: [{ pointer: `/body/contents/${part}` }],
      });
      expect(await city.count('intake')).toBe(before);
    },
  );

  it.each([
    ['a credit code with a wrong check digit', { uscc: '916405000000000030' }, 400, 'invalidRequest'],
    ['another party’s credit code', { uscc: materialOf(4).uscc }, 422, 'usccDiffers'],
    [
      'a document nobody uploaded',
      { tradeSecrets: { text: '承诺', documents: [{ hash: documentNo(99), title: '制度' }] } },
      422,
      'documentUnknown',
    ],
    ['a part nobody knows', { shoeSize: 43 }, 400, 'invalidRequest'],
    ['a NUL character', { legalPerson: 'a\u0000b' }, 400, 'textRefused'],
  ])('%s is refused', async (_name, change, status, code) => {
    const before = await city.count('intake');
    expect(await apply(3, change)).toMatchObject({ status, code });
    expect(await city.count('intake')).toBe(before);
  });

  it('a document that the merchant uploaded is filed with the case', async () => {
    await city.upload('merchant-4', 7);
    const { caseNo } = await apply(4, {
      tradeSecrets: { text: '承诺', documents: [{ hash: documentNo(7), title: '保密制度' }] },
    });
    const view = await city.get(operator, `/v1/onboardings/${caseNo}`);
    expect(view['documents']).toMatchObject([
      { hash: documentNo(7), role: 'tradeSecrets', title: '保密制度' },
    ]);
  });

  it('one open onboarding a merchant, by whichever of two requests comes first', async () => {
    expect(await apply(1)).toMatchObject({ status: 409, code: 'onboardingOpen' });
    const both = await Promise.all([apply(5), apply(5)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409]);
  });

  it('the same key again is the same case', async () => {
    await city.db.deleteFrom('merchant').execute();
    const headers = { 'idempotency-key': 'one-key-for-merchant-3' };
    const body = { contents: materialOf(3) };
    const first = await city.call(merchantNo(3), 'POST', '/v1/onboardings', { body, headers });
    const second = await city.call(merchantNo(3), 'POST', '/v1/onboardings', { body, headers });
    expect([first.statusCode, second.json()]).toEqual([202, first.json()]);
  });

  it('a key whose answer is forgotten takes in nothing, and hides nothing behind the act of then', async () => {
    const before = await city.count('intake');
    await sql`update intake set taken_at = taken_at - interval '31 days'`.execute(city.db);
    await sql`delete from idempotency where key = 'one-key-for-merchant-3'`.execute(city.db);
    const answer = await city.call(merchantNo(3), 'POST', '/v1/onboardings', {
      body: { contents: materialOf(3, { legalPerson: '王某某' }) },
      headers: { 'idempotency-key': 'one-key-for-merchant-3' },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'idempotencyKeyReused']);
    expect(await city.count('intake')).toBe(before);
    await sql`update intake set taken_at = taken_at + interval '31 days'`.execute(city.db);
  });

  it.each([
    ['enrolled', 'alreadyEnrolled'],
    ['suspended', 'merchantSuspended'],
  ])('one that stands %s is refused', async (standing, code) => {
    const before = await city.count('intake');
    await city.db
      .updateTable('application')
      .set({ outcome: 'withdrawn', ended_at: city.clock.now })
      .execute();
    await city.stands(2, standing);
    expect(await apply(2)).toMatchObject({ status: 409, code });
    expect(await city.count('intake')).toBe(before);
  });

  it('one that has exited may apply again', async () => {
    await city.stands(2, 'exited');
    expect(await apply(2)).toMatchObject({ status: 202 });
  });

  it('where the text is silent, onboarding goes by the national reading', async () => {
    const answer = await city.post(merchantNo(1, 'wuhai'), '/v1/onboardings', { contents: materialOf(1) });
    expect(answer).toMatchObject({ status: 202 });
  });

  it('by a registered merchant alone', async () => {
    const stranger = { ...merchantNo(1), organisation: 'merchant-99' };
    expect(await apply(1, {}, stranger as never)).toMatchObject({
      status: 409,
      code: 'merchantNotRegistered',
    });
    expect(await city.post(operator, '/v1/onboardings', { contents: materialOf(1) })).toMatchObject({
      status: 403,
    });
  });
});
