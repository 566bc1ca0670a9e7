// Reports; M1: the papers of an onboarding, under the names that bodies had when each was issued.
import { readPdf } from '../support/pdf.ts';
import { materialOf, merchantNo, type RegistryCity, startRegistryCity } from './onboarding-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const { bureau } = bodiesOf('zhongwei');
let city: RegistryCity;
let caseNo: string;
let path: string;
const returned = (id: string, at: string) =>
  city.db
    .insertInto('correction')
    .values({
      id,
      turn_id: `${caseNo}/acceptance`,
      case_no: caseNo,
      kind: null,
      items: JSON.stringify([{ item: 'businessScope', text: '请写明经营范围' }]),
      returned_at: new Date(at),
      lapse_on: '2024-04-01',
      answered_at: null,
    })
    .execute();
const pdf = async (who: Who, number: string) => city.call(who, 'GET', `${path}/${number}`);

beforeAll(async () => {
  city = await startRegistryCity();
  await city.approveNorm();
  const told = await city.post(merchantNo(1), '/v1/onboardings', { contents: materialOf(1) });
  caseNo = String(told['caseNo']);
  path = `/v1/onboardings/${caseNo}/papers`;
  const { calendar_version } = await city.db
    .selectFrom('application')
    .select('calendar_version')
    .where('case_no', '=', caseNo)
    .executeTakeFirstOrThrow();
  await city.db
    .insertInto('turn')
    .values({
      ...{ turn_id: `${caseNo}/acceptance`, case_no: caseNo, jurisdiction: 'zhongwei', step: 'acceptance' },
      ...{ organisation: 'operator', organisation_name: '示例运营公司', body_kind: 'operator' },
      ...{ started_at: new Date('2024-03-01T10:00:00+08:00'), calendar_version },
    })
    .execute();
  await returned('SJ-00000000-0000-4000-8000-000000000001', '2024-03-01T09:30:00+08:00');
}, 60_000);
afterAll(() => city.stop());

it('are read by the merchant, the operator and the bureau, and by no other merchant or city', async () => {
  const number = `BZ-${caseNo}-acceptance-1`;
  for (const who of [merchantNo(1), bodiesOf('zhongwei').operator, bureau]) {
    const { items } = await city.get(who, path);
    expect(items).toMatchObject([
      { kind: 'receipt', number: expect.stringMatching(/^SJ-/), title: { zh: '收件回执' } },
      { number, title: { zh: '补正通知书' }, issuedBy: '示例运营公司' },
    ]);
    expect((await pdf(who, number)).headers['content-type']).toBe('application/pdf');
  }
  for (const who of [merchantNo(2), merchantNo(1, 'wuhai'), bodiesOf('wuhai').bureau])
    for (const url of [path, `${path}/${number}`]) expect((await city.get(who, url)).status).toBe(404);
});

it('keep the name they were issued under when the merchant is renamed; later ones bear the new name', async () => {
  const [first, second] = [1, 2].map((n) => `BZ-${caseNo}-acceptance-${n}`) as [string, string];
  const before = await pdf(merchantNo(1), first);
  expect((await readPdf(before.rawPayload)).text).toContain('示例数商1：');
  city.clock.now = new Date('2024-03-02T10:00:00+08:00');
  const renamed = await city.post(bureau, '/v1/parties/merchant-1/names', {
    name: '更名后的数商',
    on: '2024-03-02',
  });
  expect(renamed.status).toBe(200);
  await returned('SJ-00000000-0000-4000-8000-000000000002', '2024-03-03T09:30:00+08:00');
  expect((await pdf(merchantNo(1), first)).rawPayload.equals(before.rawPayload)).toBe(true);
  const { text } = await readPdf((await pdf(merchantNo(1), second)).rawPayload);
  expect(text).toContain('更名后的数商：');
  expect(text).not.toContain('示例数商1');
});
