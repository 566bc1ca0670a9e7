// X1: in a fifth city, from its folder of YAML alone, a record lasts its own year and another person decides the review.
import { join } from 'node:path';
import type { OutboxRow } from '@gongshu/infra/cloud-event';
import { installedPacks } from '@gongshu/infra/packs';
import { recordsInForce } from '@gongshu/service-registry/credit-records/in-force';
import { createCreditRecordSubscriber } from '@gongshu/service-registry/credit-records/subscriber';
import { sql } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';
import { feed } from '../support/feed.ts';
import { startRegistry } from '../support/registry.ts';

const city = 'lanting';
const folder = join(import.meta.dirname, '../fifth-city');
const packs = installedPacks({ mode: 'development', folder });
const kept = process.env['GONGSHU_PACKS_DIR'];
const who = disclosurePeople(city);
const second = { ...who.bureau, subject: 'bureau-second' };
const ok = { status: 200 };
const reasons = [{ code: 'weakSecurity', text: '未落实安全措施' }];
let the: Disclosure;
let registry: Awaited<ReturnType<typeof startRegistry>>;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startDisclosure([city], { packs });
  registry = await startRegistry();
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await registry?.stop();
  await the?.stop();
});

/** What the registry has on record once it has followed, as the broker delivers: everything from the first on, again. */
const onRecord = async (on: string) => {
  const { rows } = await sql<OutboxRow>`
    select id, aggregateid, aggregate_version, previous_version, type, topic, jurisdiction, payload, occurred_at, recorded_at
    from outbox order by recorded_at, aggregateid, aggregate_version`.execute(the.db);
  const parked: unknown[] = [];
  const subscriber = createCreditRecordSubscriber(registry.db, feed(rows), {
    report: (fault) => parked.push(fault),
  });
  await subscriber.joined;
  await subscriber.stop();
  expect(parked).toEqual([]);
  const bodies = ['merchant-1', 'merchant-2'];
  return Object.fromEntries(await recordsInForce(registry.db, { jurisdiction: city, bodies, on }));
};

it('a year on record, told with its last day; the review is not for who decided', async () => {
  const paper = (title: string) => the.upload(city, 'city-bureau', title);
  const caseNo = await the.open(who.bureau, '/v1/sanctions', {
    ...{ target: 'merchant-1', grounds: [{ code: 'weakSecurity' }], facts: '检查发现' },
    documents: [await paper('检查记录')],
  });
  const at = (act: string) => `/v1/sanctions/${caseNo}/${act}`;
  expect(await the.post(who.merchant, at('reply'), { final: true })).toMatchObject(ok);
  const measures = [{ measure: 'creditRecord' }];
  const decision = { measures, reasons, document: await paper('惩戒决定') };
  expect(await the.post(who.bureau, at('decision'), decision)).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.decided.v1')).toMatchObject([
    { article: '第三十五条', lastDays: [{ measure: 'creditRecord', lastDay: '2026-03-03' }] },
  ]);
  const record = { caseNo, measure: 'creditRecord', decidedOn: '2025-03-03', article: '第三十五条' };
  expect(await onRecord('2026-03-03')).toMatchObject({
    'merchant-1': [{ ...record, lastDay: '2026-03-03' }],
  });
  expect(await onRecord('2026-03-04')).toEqual({});
  expect(await the.post(who.merchant, at('review'), { words: '已整改' })).toMatchObject(ok);
  const answer = { outcome: 'lift', reasons, document: await paper('复核决定') };
  expect(await the.post(who.bureau, at('review/decision'), answer)).toMatchObject({
    ...{ status: 403, code: 'sanctionReviewByDecider' },
  });
  expect(await the.post(second, at('review/decision'), answer)).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.measureEnded.v1')).toMatchObject([{ why: 'review' }]);
  expect(await onRecord('2025-03-03')).toEqual({});
});
