// X1: in a fifth city, from its folder of YAML alone, a record lasts its own year and another person decides the review.
import { join } from 'node:path';
import { installedPacks } from '@gongshu/infra/packs';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

const city = 'lanting';
const folder = join(import.meta.dirname, '../fifth-city');
const packs = installedPacks({ mode: 'development', folder });
const kept = process.env['GONGSHU_PACKS_DIR'];
const who = disclosurePeople(city);
const second = { ...who.bureau, subject: 'bureau-second' };
const ok = { status: 200 };
const reasons = [{ code: 'weakSecurity', text: '未落实安全措施' }];
let the: Disclosure;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startDisclosure([city], { packs });
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await the?.stop();
});

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
  expect(await the.post(who.merchant, at('review'), { words: '已整改' })).toMatchObject(ok);
  const answer = { outcome: 'lift', reasons, document: await paper('复核决定') };
  expect(await the.post(who.bureau, at('review/decision'), answer)).toMatchObject({
    ...{ status: 403, code: 'sanctionReviewByDecider' },
  });
  expect(await the.post(second, at('review/decision'), answer)).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.measureEnded.v1')).toMatchObject([{ why: 'review' }]);
});
