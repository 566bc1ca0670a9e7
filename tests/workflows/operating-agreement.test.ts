// O5–O9, O12: an agreement lives for years, from the last signature to the hand-over or the agreement that follows.
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';
import { act, drafted, handOver, must, registerOperators } from '../support/agreements.ts';

let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(['zhongwei', 'shuozhou', 'wuhai']);
  for (const city of ['zhongwei', 'shuozhou', 'wuhai']) await registerOperators(the, city);
}, 120_000);
afterAll(() => the?.stop());

const zhongwei = peopleOf('zhongwei');
const field = (code: string) => ({ mode: 'byField', fields: [code], scenarios: [] });

it('is in force from the last signature over the hash of its text, filed, and ends on the corresponding day', async () => {
  await the.law.begin('2024-03-01T09:00:00');
  const { caseNo, hash } = await drafted(the, 'zhongwei', {
    mandate: field('transport'),
    path: 'agreement-expiry',
  });
  const { bureau, operator, department } = zhongwei;
  const other = `sha256:${'0'.repeat(64)}`;
  expect(await act(the, operator, caseNo, 'signature', { hash: other })).toMatchObject({
    status: 409,
    code: 'agreementHashDiffers',
  });
  expect(await act(the, department, caseNo, 'signature', { hash })).toMatchObject({ status: 404 });
  await must(the, bureau, caseNo, 'signature', { hash });
  await must(the, bureau, caseNo, 'signature', { hash }); // the same again is the same signature
  expect((await the.row(caseNo)).stage).toBe('signing');
  await must(the, operator, caseNo, 'signature', { hash });
  expect(await the.told(caseNo, 'operatingAgreement.inForce.v1')).toMatchObject([
    {
      agreement: caseNo,
      operator: 'operator',
      mode: 'byField',
      fields: ['transport'],
      from: '2024-03-01',
      until: '2027-03-01',
    },
  ]);
  expect((await the.told(caseNo, 'operatingAgreement.signed.v1')).map(({ party }) => party)).toEqual([
    'city-bureau',
    'operator',
  ]);
  await must(the, bureau, caseNo, 'filing');
  const { rows } = await the.db
    .selectFrom('filing' as never)
    .selectAll()
    .execute()
    .then((rows) => ({ rows }));
  expect(rows).toMatchObject([{ number: `${caseNo}-BA1`, recipient: 'provincialAuthority' }]);
  await the.goTo('2027-03-01T23:59:00', caseNo);
  expect((await the.row(caseNo)).stage).toBe('inForce');
  await the.goTo('2027-03-02T00:00:05', caseNo);
  expect(await the.told(caseNo, 'operatingAgreement.ended.v1')).toMatchObject([
    { ground: 'expiry', kind: 'voluntary', runningGrants: 'passToSuccessor', successor: null },
  ]);
  expect((await the.row(caseNo)).stage).toBe('handOver');
  await handOver(the, 'zhongwei', caseNo);
  expect(await the.row(caseNo)).toMatchObject({ outcome: 'expired' });
});
