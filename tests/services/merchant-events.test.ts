import { randomUUID } from 'node:crypto';
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import type { OutboxRow } from '@gongshu/infra/cloud-event';
import { loadPacks } from '@gongshu/infra/packs';
import { createMerchantsSubscriber } from '@gongshu/service-catalog/merchants-subscriber';
import { createCalendarSubscriber } from '@gongshu/infra/cases/calendar-subscriber';
import { sql } from 'kysely';
import { feed } from '../support/feed.ts';
import {
  materialOf,
  merchantNo,
  reasons,
  type RegistryCity,
  startRegistryCity,
} from './onboarding-support.ts';
import { bodiesOf, type Catalog, startCatalog } from './resources-support.ts';

const { operator } = bodiesOf('zhongwei');
let registry: RegistryCity;
let catalog: Catalog;
beforeAll(async () => {
  registry = await startRegistryCity();
  catalog = await startCatalog();
}, 60_000);
afterAll(async () => {
  await registry?.stop();
  await catalog?.stop();
});

const parked: unknown[] = [];
const report = (finding: { kind: string }) => {
  if (finding.kind === 'parked') parked.push(finding);
};
const standing = async (merchant: string) => {
  const { rows } = await sql<{ standing: string; since: Date }>`
    select standing, since from merchant where organisation = ${merchant}`.execute(catalog.db);
  return rows[0];
};

it('the catalog learns from the registry’s own events how a merchant stands; told twice, the same', async () => {
  await registry.stands(1, 'enrolled');
  await registry.post(operator, '/v1/merchants/merchant-1/suspension', { reasons });
  const { rows } = await sql<OutboxRow>`select * from outbox order by seq`.execute(registry.db);
  for (let time = 0; time < 2; time += 1) {
    const subscriber = createMerchantsSubscriber(catalog.db, feed(rows), { packs: loadPacks(), report });
    await subscriber.joined;
  }
  expect(await standing('merchant-1')).toEqual({
    standing: 'suspended',
    since: new Date('2024-03-01T10:00:00+08:00'),
  });
  expect(await standing('merchant-2')).toBeUndefined();
  expect(parked).toEqual([]);
});

it('a calendar that the catalog loaded reaches the registry’s running clocks, each once', async () => {
  await ensureShippedCalendar(registry.db);
  await registry.approveNorm();
  const { caseNo } = await registry.post(merchantNo(2), '/v1/onboardings', { contents: materialOf(2) });
  const turn = `${caseNo}/acceptance`;
  await sql`
    insert into turn (turn_id, case_no, jurisdiction, step, organisation, organisation_name, body_kind, started_at,
      calendar_version)
    values (${turn}, ${caseNo}, 'zhongwei', 'acceptance', 'operator', '运营机构', 'operator', now(), 'an older one')`.execute(
    registry.db,
  );
  const { version } = await newestCalendar(registry.db, 'zhongwei');
  const loaded: OutboxRow = {
    id: randomUUID(),
    ...{ aggregateid: 'calendar:national', aggregate_version: 1, previous_version: 0 },
    ...{ type: 'calendar.loaded.v1', topic: 'gongshu.catalog.public.v1', jurisdiction: 'national' },
    payload: { years: [2024], changes: 0, calendarVersion: version },
    occurred_at: new Date('2024-03-01T10:00:00+08:00'),
    recorded_at: new Date(),
  };
  for (let time = 0; time < 2; time += 1) {
    const subscriber = createCalendarSubscriber('registry', registry.db, feed([loaded]), {
      jurisdictions: loadPacks().jurisdictions,
      report,
    });
    await subscriber.joined;
  }
  const told = await sql`
    select turn_id, payload from intake where act = 'calendarChanged'`.execute(registry.db);
  expect(told.rows).toEqual([{ turn_id: turn, payload: { calendarVersion: version } }]);
  expect(parked).toEqual([]);
});
