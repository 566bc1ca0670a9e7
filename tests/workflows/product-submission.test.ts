// E1, A8, D1: a product is submitted under running grants, judged before its case opens, and scanned before anyone checks.
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
