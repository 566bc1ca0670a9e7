// A fifth city asks for its own evidence and audits, from its folder of YAML alone: six months, twenty and five days, half-yearly.
import { join } from 'node:path';
import { foreseeAudits } from '@gongshu/infra/audits/due';
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { installedPacks } from '@gongshu/infra/packs';
import type { Kysely } from 'kysely';
import { type Disclosure, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';

const city = 'lanting';
const folder = join(import.meta.dirname, '../fifth-city');
const packs = installedPacks({ mode: 'development', folder });
const kept = process.env['GONGSHU_PACKS_DIR'];
let the: Disclosure;
let at: ReturnType<typeof atEvidence>;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startDisclosure([city], { packs });
  at = atEvidence(the, city);
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await the?.stop();
});

it('holds six months whatever it says; warned twenty and five days before; suspended the day after', async () => {
  await at.mandate('YY');
  const given = await at.submit('mlps3', { issuedOn: '2025-03-01', validUntil: '2026-03-01' });
  expect(given).toMatchObject({ status: 201, validUntil: '2025-08-31', dueOn: '2025-03-05' });
  await at.decide(given['evidence'], 'accept');
  for (const day of ['2025-08-10', '2025-08-11', '2025-08-26', '2025-08-31', '2025-09-01']) {
    await the.law.begin(`${day}T00:00:01`);
    await at.round();
  }
  expect((await at.told('mlps3', 'expiresSoon')).map(({ daysLeft }) => daysLeft)).toEqual([20, 5]);
  expect(await at.told('mlps3', 'suspensionOrdered')).toMatchObject([
    { until: '2025-08-31', articleInstrument: expect.stringContaining('兰亭') },
  ]);
  expect(await at.submit('isolation', { issuedOn: '2025-03-01' })).toMatchObject({
    ...{ status: 422, code: 'evidenceKindUnknown' },
  });
});

it('falls due every half year, each of its two kinds', async () => {
  const db = the.db as unknown as Kysely<AuditTables>;
  await db.updateTable('operator_mandate').set({ from_on: '2025-04-15' }).execute();
  const on = new Date('2025-11-01T09:00:00+08:00');
  await db
    .transaction()
    .execute((trx) =>
      foreseeAudits(trx, packs.resolve(city), { jurisdiction: city, operator: 'operator' }, on),
    );
  const due = await db
    .selectFrom('audit_due')
    .select(['audit', 'from_on', 'until_on'])
    .orderBy('audit')
    .execute();
  expect(due).toEqual([
    { audit: 'internalControlAudit', from_on: '2025-10-15', until_on: '2026-04-14' },
    { audit: 'riskAssessment', from_on: '2025-10-15', until_on: '2026-04-14' },
  ]);
});
