// E1, A8, D1: a product is submitted under running grants, judged before its case opens, and scanned before anyone checks.
import { checkSteps } from '../support/egress-check.ts';
import { type Products, productPeople, startProducts } from '../support/products.ts';

let the: Products;
beforeAll(async () => {
  the = await startProducts(['zhongwei']);
  await the.law.begin('2024-03-01T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

const { merchant } = productPeople('zhongwei');

it('a clean product waits for its two checkers', async () => {
  const caseNo = await the.submit('zhongwei', { path: 'product-egress-clean' });
  expect(await the.row(caseNo)).toMatchObject({ stage: 'egressCheck', outcome: null });
  expect(await the.story(caseNo)).toEqual(['submitted', 'evidenceRecorded']);
  expect(await the.productOf(caseNo)).toEqual({ product: '640500-CP-2024-000001', version: 1 });
  expect(await the.told(caseNo, 'productEgress.evidenceRecorded.v1')).toMatchObject([
    { caseNo, attempt: 1, verdict: 'clean', items: 0 },
  ]);
});

it('another artefact is scanned anew, and withdrawn the version has ended', async () => {
  const caseNo = await the.submit('zhongwei', { artefact: 'verdict,findings\n1\n' });
  const { contents } = await the.asked('zhongwei');
  const artefact = await the.file('zhongwei', 'merchant-1', 'verdict,refused\n2\n');
  expect(await the.act(merchant, caseNo, 'artefact', { artefact, contents })).toMatchObject({ status: 200 });
  await the.evidenced(caseNo);
  expect(await the.story(caseNo)).toEqual([
    'submitted',
    'evidenceRecorded',
    'artefactReplaced',
    'evidenceRecorded',
  ]);
  expect(await the.act(merchant, caseNo, 'withdrawal')).toMatchObject({ status: 200 });
  expect(await the.row(caseNo)).toMatchObject({ outcome: 'withdrawn' });
});

describe('who reads what of a case', () => {
  const { operator, department, bureau, rival } = productPeople('zhongwei');
  const read = async (who: typeof merchant | typeof operator | typeof rival, url: string) => {
    const answer = await the.call(who as never, 'GET', url);
    return { status: answer.statusCode, body: answer.json<Record<string, any>>() };
  };

  it('its owner, the operator and the bureau read contents and evidence; a department how it stands; a rival nothing', async () => {
    const caseNo = await the.submit('zhongwei', { artefact: 'verdict,findings\n3\n' });
    const url = `/v1/egress-cases/${caseNo}`;
    for (const who of [merchant, operator, bureau]) {
      const { status, body } = await read(who as never, url);
      expect([status, body['contents'].name, body['evidence']]).toEqual([
        200,
        '停车供需指数',
        expect.objectContaining({ verdict: 'findings', items: 1, attempt: 1 }),
      ]);
    }
    const seen = await read(department as never, url);
    expect(seen).toMatchObject({
      status: 200,
      body: { stage: 'egressCheck', contents: null, documents: [] },
    });
    expect((await read(department as never, `${url}/evidence`)).status).toBe(403);
    expect((await read(rival, url)).status).toBe(404);
    expect((await read(rival, '/v1/egress-cases')).body).toMatchObject({ items: [] });
    const items = await read(merchant, `${url}/evidence/items`);
    expect(items.body['items']).toEqual([
      expect.objectContaining({
        ...{ item: 1, kind: 'identifier' },
        place: expect.objectContaining({ column: 'phone', type: 'mobile', rows: 1 }),
      }),
    ]);
    const findings = await read(merchant, `${url}/evidence/findings?limit=1`);
    expect(findings.body).toMatchObject({ items: [{ row: 1, column: 'phone', type: 'mobile' }], next: null });
    const csv = await the.app.inject({
      url: `${url}/evidence/items`,
      headers: { accept: 'text/csv', ...(await the.signedIn(merchant)) },
    });
    expect([csv.statusCode, csv.body.split('\r\n')[0]]).toEqual([200, '\uFEFF序号,类别,位置,公开来源']);
  });

  it('nobody but its owner and the checkers’ body reads the artefact; who checks is no business of the merchant’s', async () => {
    const caseNo = await the.submit('zhongwei', { artefact: 'verdict,clean\n4\n' });
    const { body } = await read(merchant, `/v1/egress-cases/${caseNo}`);
    const artefact = body['facts'].artefact as string;
    const content = `/v1/documents/${artefact}/content`;
    const answers = [];
    for (const who of [merchant, operator, bureau, department, rival])
      answers.push((await the.call(who as never, 'GET', content)).statusCode);
    expect(answers).toEqual([200, 200, 200, 404, 404]);
    expect(Object.keys(body['state'])).not.toContain('checkers');
    expect(
      Object.keys((await read(operator as never, `/v1/egress-cases/${caseNo}`)).body['state']),
    ).toContain('checkers');
  });

  it('differences between artefacts are shown: what was said, what is found no longer', async () => {
    const caseNo = await the.submit('zhongwei', { artefact: 'verdict,findings\n5\n' });
    const { contents } = await the.asked('zhongwei');
    const artefact = await the.file('zhongwei', 'merchant-1', 'verdict,clean\n6\n');
    const changed = { ...contents, name: '停车指数二', fields: contents.fields.slice(1) };
    expect(await the.act(merchant, caseNo, 'artefact', { artefact, contents: changed })).toMatchObject({
      status: 200,
    });
    await the.evidenced(caseNo);
    const { body } = await read(merchant, `/v1/egress-cases/${caseNo}/differences`);
    expect(body['items']).toEqual([
      expect.objectContaining({
        ...{ attempt: 2, artefact, artefactChanged: true, verdict: 'clean', resolved: [1], appeared: [] },
        contents: expect.arrayContaining([
          { pointer: '/name', change: 'changed' },
          { pointer: '/fields/district', change: 'removed' },
        ]),
      }),
    ]);
  });
});

it('the signed record carries votes once both have spoken, by marks and codes: no account, no word', async () => {
  const on = checkSteps(the, 'zhongwei');
  const { caseNo, first, second } = await on.underCheck();
  type Signed = { record: { round: number; votes: { checker: string }[] | null; passed: boolean | null } };
  const record = async () =>
    (await the.call(merchant, 'GET', `/v1/egress-cases/${caseNo}/check-record`)).json<Signed>();
  expect(
    (await on.vote(caseNo, first, { fields: await on.refusing(caseNo, '可还原为原始数据') })).status,
  ).toBe(200);
  expect((await record()).record).toMatchObject({ round: 0, votes: null, passed: null });
  expect((await on.vote(caseNo, second)).status).toBe(200);
  const { record: made } = await record();
  expect([made.round, made.votes?.length, made.passed]).toEqual([1, 2, false]);
  for (const secret of [first, second, '可还原为原始数据'])
    expect(JSON.stringify(made)).not.toContain(secret);
  expect(made.votes?.map(({ checker }) => checker)).toEqual([
    expect.stringMatching(/^[0-9a-f]{16}$/),
    expect.stringMatching(/^[0-9a-f]{16}$/),
  ]);
});
