// X1, O2: who selects an operator sees what is on record against each bidder; it refuses nobody and is outside the hash.
import { jsonHash } from '@gongshu/infra/hash';
import { keepCreditRecord } from '@gongshu/service-registry/credit-records/keep';
import { type Procedures, peopleOf, startProcedures } from '../support/procedures.ts';
import { actsOf, bidders, seedCity } from '../support/selections.ts';

const city = 'shuozhou';
let the: Procedures;
beforeAll(async () => {
  the = await startProcedures([city]);
  await seedCity(the, city);
}, 120_000);
afterAll(() => the?.stop());

type Bid = { bidder: string; valid: boolean; creditRecords: object[]; creditRecordsExamined: object[] };
const tell = (type: string, data: object, lawtime: string) =>
  the.db
    .transaction()
    .execute((trx) =>
      keepCreditRecord(
        trx as never,
        { type: `cn.gongshu.${type}`, jurisdiction: city, lawtime, data } as never,
      ),
    );

it('[X1 shuozhou] seen of each bidder by bureau and panel, of the others’ by no bidder; valid all the same', async () => {
  const it_ = actsOf(the, city);
  await it_.begin();
  const sanction = '140600-CJ-2024-000001';
  await tell(
    'sanction.decided.v1',
    {
      ...{ caseNo: sanction, target: 'bidder-b', measures: ['creditRecord'], article: '十（七）' },
      ...{ articleInstrument: '某方案', lastDays: [{ measure: 'creditRecord', lastDay: '2027-02-01' }] },
    },
    '2024-02-01T10:00:00+08:00',
  );
  const caseNo = await it_.open();
  const read = (who: Parameters<Procedures['call']>[0]) =>
    the.call(who, 'GET', `/v1/selections/${caseNo}/bids`);
  await it_.issue(caseNo);
  await it_.draw(caseNo);
  for (const id of bidders.slice(0, 3)) expect(await it_.bid(caseNo, id)).toMatchObject({ status: 201 });
  // Who bids is sealed, so is what is on record against them.
  expect((await read(peopleOf(city).bureau)).statusCode).toBe(409);
  await the.goTo(it_.days.opening, caseNo);
  await it_.must(caseNo, 'opening');
  const seen = async (who: Parameters<Procedures['call']>[0]) => {
    const items = (await read(who)).json<{ items: Bid[] }>().items;
    return Object.fromEntries(items.map((one) => [one.bidder, one]));
  };
  const record = {
    ...{ caseNo: sanction, measure: 'creditRecord', decidedOn: '2024-02-01', article: '十（七）' },
    ...{ instrument: '某方案', lastDay: '2027-02-01' },
  };
  const { bureau } = peopleOf(city);
  expect((await seen(bureau))['bidder-b']).toMatchObject({
    ...{ creditRecords: [record], creditRecordsExamined: null },
  });
  await it_.must(caseNo, 'examination', it_.findings());
  const [expert] = (await it_.state(caseNo)).panel;
  for (const who of [bureau, it_.expert(String(expert?.id))]) {
    const all = await seen(who);
    expect(all['bidder-b']).toMatchObject({ valid: true, creditRecords: [record] });
    expect(all['bidder-b']).toMatchObject({ creditRecordsExamined: [record] });
    expect(all['bidder-a']).toMatchObject({ creditRecords: [], creditRecordsExamined: [] });
  }
  const own = await seen(it_.bidder('bidder-b'));
  expect(own['bidder-b']).toMatchObject({ creditRecords: [record] });
  const other = await seen(it_.bidder('bidder-a'));
  expect(other['bidder-b']).toMatchObject({ creditRecords: null, creditRecordsExamined: null });

  // The hash is of the conditions alone, as it was of older cases; with the records in it it would be another.
  const finding = await (the.db as never as Procedures['db'])
    .selectFrom('selection_finding' as never)
    .selectAll()
    .where('case_no' as never, '=', caseNo as never)
    .executeTakeFirstOrThrow();
  const { findings, findings_hash } = finding as unknown as {
    findings: { bidder: string; conditions: object[] }[];
    findings_hash: string;
  };
  expect(jsonHash(findings.map(({ bidder, conditions }) => ({ bidder, conditions })))).toBe(findings_hash);
  expect(jsonHash(findings)).not.toBe(findings_hash);
  expect(JSON.stringify(await the.row(caseNo))).not.toContain(sanction);

  // Lifted afterwards: none is in force, and what the examination saw stays.
  await tell(
    'sanction.measureEnded.v1',
    { caseNo: sanction, measure: 'creditRecord' },
    '2024-03-22T10:00:00+08:00',
  );
  expect((await seen(bureau))['bidder-b']).toMatchObject({
    ...{ creditRecords: [], creditRecordsExamined: [record] },
  });
});
