import { materialOf, merchantNo, type RegistryCity, startRegistryCity } from './onboarding-support.ts';

const path = '/v1/onboarding-drafts';
let city: RegistryCity;
beforeAll(async () => {
  city = await startRegistryCity();
  await city.approveNorm();
}, 60_000);
afterAll(() => city?.stop());

const merchant = merchantNo(1);
const put = async (who: typeof merchant, draft: string, body: object, version?: number) => {
  const answer = await city.call(who, 'PUT', `${path}/${draft}`, {
    body,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  });
  return { ...answer.json<{ code?: string; version?: number }>(), status: answer.statusCode };
};

describe('an onboarding is written as a draft first (中卫 18)', () => {
  it('incomplete, replaced, then submitted: once, however often asked', async () => {
    const { draft, status } = await city.post(merchant, path, { contents: { legalPerson: '李某某' } });
    expect(status).toBe(201);
    expect(await city.post(merchant, `${path}/${draft}/submission`)).toMatchObject({
      status: 422,
      code: 'applicationIncomplete',
    });
    expect(await put(merchant, draft, { contents: materialOf(1) })).toMatchObject({ status: 428 });
    expect(await put(merchant, draft, { contents: materialOf(1) }, 1)).toMatchObject({ version: 2 });
    expect(await put(merchant, draft, {}, 1)).toMatchObject({ status: 412 });
    const first = await city.post(merchant, `${path}/${draft}/submission`);
    expect(first).toMatchObject({ status: 202, act: 'submitOnboarding' });
    const second = await city.post(merchant, `${path}/${draft}/submission`);
    expect(second['caseNo']).toBe(first['caseNo']);
    expect(await city.get(merchant, `${path}/${draft}`)).toMatchObject({
      state: 'submitted',
      caseNo: first['caseNo'],
    });
    expect(await put(merchant, draft, {}, 3)).toMatchObject({ status: 409, code: 'draftClosed' });
    const told = await city.events('onboarding.draftSaved.v1');
    expect(told).toMatchObject([{ version: 1 }, { version: 2 }]);
    expect(JSON.stringify(told)).not.toContain('李某某');
    expect(await city.events('onboarding.draftClosed.v1')).toMatchObject([{ endCode: 'submitted' }]);
  });

  it('is nobody else’s', async () => {
    const { draft } = await city.post(merchant, path, {});
    expect(await city.get(merchantNo(2), `${path}/${draft}`)).toMatchObject({ status: 404 });
    expect(await city.get(merchantNo(2), path)).toMatchObject({ items: [] });
    expect(await put(merchantNo(2) as never, draft, {}, 1)).toMatchObject({ status: 404 });
  });
});
