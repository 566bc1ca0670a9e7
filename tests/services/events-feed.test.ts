// GET /v1/events: the outbox for whoever has no Kafka. What a reader must rest on: nothing missed, nothing twice.
import { setTimeout as sleep } from 'node:timers/promises';
import { appendAudit } from '@gongshu/infra/audit';
import { type CloudEvent, type OutboxRow, toCloudEvent } from '@gongshu/infra/cloud-event';
import { readFeed } from '@gongshu/infra/event-feed';
import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { enqueue } from '@gongshu/infra/outbox';
import { type Change, record } from '@gongshu/infra/record';
import type { Actor } from '@gongshu/shared/may';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { serviceDeps, testInstant } from '../support/service.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';

let database: TestDatabase;
let deps: ServiceDeps;
let app: FastifyInstance;
let tokens: TestTokens;
let told = 0;

const build = () => buildService({ name: 'catalog', title: 'test', routes: [], deps });

beforeAll(async () => {
  database = await testDatabase();
  tokens = await testTokens();
  deps = serviceDeps('catalog', { url: database.url, tokens });
  app = await build();
});
afterEach(async () => {
  await sql`truncate outbox, audit_entry, aggregate`.execute(deps.db);
  await sql`update audit_head set number = 0, leaf_hash = ''`.execute(deps.db);
});
afterAll(async () => {
  await app.close();
  await deps.db.destroy();
  await database.drop();
});

/** What happened to a subject: a case event, or with `open` a public one. */
const change = (subject: string, { jurisdiction = 'zhongwei', open = false } = {}): Change => {
  told += 1;
  const packVersion = `sha256:${'a'.repeat(64)}`;
  return {
    key: `told-${told}`,
    subject,
    jurisdiction,
    at: testInstant,
    actor: { id: 'someone', role: 'operator', organisation: 'operator' },
    ...(open
      ? { type: 'calendar.loaded.v1', data: { years: [2024], changes: 1, calendarVersion: packVersion } }
      : {
          type: 'application.accepted.v1',
          data: { caseNo: subject, packVersion, acceptedAt: '2024-03-01T10:00:00+08:00' },
        }),
  };
};
const tell = (
  subject: string,
  how?: Parameters<typeof change>[1],
  pause: () => Promise<unknown> = async () => {},
) =>
  deps.db.transaction().execute(async (trx) => {
    await record(trx, 'catalog', change(subject, how));
    await pause();
  });

type Who = Partial<Actor> | null;
type Feed = { items: CloudEvent[]; next: string; caughtUp: boolean };
const bureau: Who = { roles: ['bureau'] };
const ask = async (query = '', who: Who = bureau) =>
  app.inject({
    url: `/v1/events${query}`,
    headers: who ? { authorization: await tokens.bearer({ roles: [], ...who } as never) } : {},
  });
const feed = async (query = '', who: Who = bureau): Promise<Feed> => {
  const answer = await ask(query, who);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<Feed>();
};
const subjects = ({ items }: Feed) => items.map(({ subject }) => subject);

describe('design 5: events without Kafka', () => {
  it('gives each event exactly as it goes on Kafka, whether or not the broker has it', async () => {
    await tell('case-1');
    await tell('calendar:zhongwei', { open: true });
    const { rows } = await sql<OutboxRow>`select * from outbox order by seq`.execute(deps.db);
    expect((await feed()).items).toEqual(rows.map(toCloudEvent));
  });

  it('misses none that took its place early and was committed late; a cursor over seq would', async () => {
    const late = change('case-late');
    const waiting = await deps.db.startTransaction().execute();
    const enqueued = (await enqueue(waiting, 'catalog', late))!;
    await tell('case-quick');
    const first = await feed();
    const lastSeq = await sql<{ seq: number }>`select max(seq) as seq from outbox`.execute(deps.db);
    const { type, subject, jurisdiction, at, actor, data } = late;
    const fact = { service: 'catalog', event: enqueued.id, version: enqueued.version, type, subject };
    await appendAudit(waiting, [{ ...fact, jurisdiction, at, actor, data, details: {} }]);
    await waiting.commit().execute();
    const second = await feed(`?after=${first.next}`);
    const bySeq = await sql`select 1 from outbox where seq > ${lastSeq.rows[0]!.seq}`.execute(deps.db);
    expect([subjects(first), subjects(second), bySeq.rows]).toEqual([['case-quick'], ['case-late'], []]);
  });

  it('a reader that follows next beside three writers gets each event once, each subject in order', async () => {
    const write = async (writer: number) => {
      for (let n = 0; n < 25; n += 1)
        await tell(`case-${(writer + n) % 5}`, {}, () => sleep((writer * n) % 4));
    };
    let writing = true;
    const written = Promise.all([0, 1, 2].map(write)).finally(() => (writing = false));
    const got: CloudEvent[] = [];
    let next = '';
    for (let more = true; more; ) {
      const last = !writing;
      const page = await feed(`?limit=7${next && `&after=${next}`}`);
      got.push(...page.items);
      next = page.next;
      more = !(last && page.caughtUp);
    }
    await written;
    expect(new Set(got.map(({ id }) => id)).size).toBe(75);
    expect(got).toHaveLength(75);
    for (const subject of new Set(got.map((event) => event.subject))) {
      const sequence = got
        .filter((event) => event.subject === subject)
        .map((event) => Number(event.sequence));
      expect(sequence).toEqual(sequence.map((_, at) => at + 1));
    }
  });

  it.each<[string, Who, string[]]>([
    ['nobody: what is public, of every city', null, ['open-zw', 'open-sz', 'open-nation']],
    [
      'a merchant: what is public of its city and the nation',
      { roles: ['merchant'] },
      ['open-zw', 'open-nation'],
    ],
    ['the bureau: the cases of its city too', bureau, ['open-zw', 'case-zw', 'open-nation']],
    ['the operator', { roles: ['operator'] }, ['open-zw', 'case-zw', 'open-nation']],
    ['the auditor', { roles: ['auditor'] }, ['open-zw', 'case-zw', 'open-nation']],
    [
      'the bureau of another city: its own',
      { roles: ['bureau'], jurisdiction: 'shuozhou' },
      ['open-sz', 'case-sz', 'open-nation'],
    ],
    ['the bureau of a city without events', { roles: ['bureau'], jurisdiction: 'wuhai' }, ['open-nation']],
  ])('reads %s', async (_name, who, expected) => {
    await tell('open-zw', { open: true });
    await tell('case-zw');
    await tell('open-sz', { open: true, jurisdiction: 'shuozhou' });
    await tell('case-sz', { jurisdiction: 'shuozhou' });
    await tell('open-nation', { open: true, jurisdiction: 'national' });
    expect(subjects(await feed('', who))).toEqual(expected);
    const strange = await feed('?subject=case-sz', who);
    expect(strange.items).toHaveLength(expected.includes('case-sz') ? 1 : 0);
  });

  it('by type and by subject; next goes on past what does not fit', async () => {
    for (const at of [1, 2, 3]) {
      await tell(`case-${at}`);
      await tell('calendar:zhongwei', { open: true });
    }
    const open = await feed('?types=calendar.loaded.v1,application.submitted.v1&limit=2');
    expect([open.items.length, open.caughtUp]).toEqual([2, false]);
    const rest = await feed(`?types=calendar.loaded.v1&limit=2&after=${open.next}`);
    expect([rest.items.length, rest.caughtUp]).toEqual([1, true]);
    expect(subjects(await feed('?subject=case-2'))).toEqual(['case-2']);
    expect((await feed(`?after=${rest.next}`)).next).toBe(rest.next);
  });

  it('looks through a bounded stretch at a time and says how far it came', async () => {
    for (const at of [1, 2, 3, 4]) await tell(`case-${at}`);
    await tell('calendar:zhongwei', { open: true });
    const scope = { publicOf: ['zhongwei'], casesOf: null };
    const question = { service: 'catalog' as const, limit: 10, scope, types: undefined, subject: undefined };
    const first = await readFeed(deps.db, { ...question, after: 0, stretch: 3 });
    const second = await readFeed(deps.db, { ...question, after: first.next, stretch: 3 });
    expect([first.events.length, first.next, second.events.length, second.next]).toEqual([0, 3, 1, 5]);
  });
});

describe('GET /v1/events?wait=', () => {
  it('answers as soon as something is told', async () => {
    const began = performance.now();
    const waiting = feed('?wait=15');
    await sleep(50);
    await tell('case-1');
    expect(subjects(await waiting)).toEqual(['case-1']);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('waits on where what was told is not for this reader, and then says that there is nothing', async () => {
    const waiting = feed('?wait=1', { roles: ['merchant'] });
    await tell('case-1');
    expect(await waiting).toMatchObject({ items: [], caughtUp: true });
  });

  it('lets go of who waits when the service stops', async () => {
    const stopping = await build();
    const waiting = stopping.inject({ url: '/v1/events?wait=20' });
    await sleep(50);
    const began = performance.now();
    await stopping.close();
    expect((await waiting).json()).toMatchObject({ items: [] });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('what is no question is 400', () => {
  const cursor = (keys: unknown) => Buffer.from(JSON.stringify(keys)).toString('base64url');
  it.each([
    ['?after=abc', 'cursorMalformed'],
    [`?after=${cursor([1])}`, 'cursorMalformed'],
    [`?after=${cursor(['registry', 0])}`, 'cursorMalformed'],
    [`?after=${cursor(['catalog', -1])}`, 'cursorMalformed'],
    [`?after=${cursor(['catalog', 1e15])}`, 'cursorAhead'],
    [`?after=${cursor(['catalog', 1])}`, 'cursorAhead'],
    ['?after=%00', 'textRefused'],
    ['?types=application.never.v1', 'invalidRequest'],
    ['?types=', 'invalidRequest'],
    ['?subject=%E5%BC%A0%E4%B8%89', 'invalidRequest'],
    ['?wait=21', 'invalidRequest'],
    ['?limit=501', 'invalidRequest'],
    ['?from=1', 'invalidRequest'],
  ])('%s', async (query, code) => {
    const answer = await ask(query);
    expect([answer.statusCode, answer.json().code]).toEqual([400, code]);
  });
});
