// Design 1: free text, names and contacts live in tables. A name in every free text of every body, through the whole
// product: it is in no workflow's history, in no topic, in no log of any process, in no event and no audit entry, but for the
// words of what is public itself on the public topics (decision 0027); contacts are in none at all.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildForDocument } from '@gongshu/cli/openapi';
import { createBus } from '@gongshu/infra/bus';
import { allTopics } from '@gongshu/infra/relay-process';
import { temporalClient } from '@gongshu/infra/temporal-client';
import { requestToken } from '@gongshu/infra/tokens';
import { loadPacks } from '@gongshu/infra/packs';
import { may, type Role, roles } from '@gongshu/shared/may';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { sql } from 'kysely';
import {
  besidePublicWords,
  holdsContact,
  holdsName,
  planted,
  textWithin,
  withNames,
} from '../support/free-text.ts';
import { plantProcedures } from '../support/planted-procedures.ts';
import { addressOf } from '../support/plausible.ts';
import { type Answer, type Seat, type Stack, startStack, until } from '../support/stack.ts';
import { caseAt, contents, merchant, operator, seatOf } from '../support/stack-case.ts';
import { entryOf, reviewers } from '../support/stack-city.ts';
import { type Listener, listen } from '../support/stack-events.ts';

let stack: Stack;
let topics: Listener;
beforeAll(async () => {
  stack = await startStack('personal');
  topics = await listen(stack.brokers);
}, 240_000);
afterAll(async () => {
  await topics?.stop();
  await stack?.down();
}, 60_000);

const must = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};
const named = (what: string) => `${planted}${what}`;
const { checkFields } = valuesOf(loadPacks().resolve('zhongwei'), 'dataUseApplication');
const reasons = [{ code: 'scopeTooWide', text: named('理由') }];

/** One application with the name in whatever its parties write: returned, resubmitted, checked, approved with a condition, refused. */
const mainFlow = async () => {
  const words = {
    ...contents,
    scenario: named('场景'),
    scope: named('范围'),
    manner: named('方式'),
    securityMeasures: named('措施'),
  };
  const { caseNo } = await must(
    stack.post(merchant, '/v1/applications', { resources: reviewers.map(entryOf), contents: words }),
  );
  const one = caseAt(stack, caseNo);
  await one.turn('acceptance');
  const items = [{ item: 'scope', text: named('补正') }];
  const returned = await must(one.act(operator, 'acceptance/corrections', { items }));
  await until(one.view, ({ corrections }) => corrections?.length > 0);
  await must(
    one.act(merchant, `corrections/${returned.receipt}/resubmission`, {
      contents: { scope: named('改后范围') },
    }),
  );
  await until(one.view, ({ turns }) => turns.some((turn: any) => turn.outcome === 'open' && !turn.suspended));
  await must(one.accept());
  await one.turn('check');
  await must(
    one.act(operator, 'check/decision', {
      outcome: 'approve',
      findings: checkFields.map((field) => ({ field, finding: 'passed', note: named('核查') })),
      reasons: [],
    }),
  );
  for (const by of reviewers) await one.turn('review', by);
  await must(
    one.act(seatOf['dept-health'], 'reviews/dept-health/decision', {
      outcome: 'approve',
      reasons: [],
      conditions: [{ code: 'fieldsMasked', text: named('条件') }],
    }),
  );
  for (const by of ['county-bureau-1', 'operator'] as const)
    await must(one.act(seatOf[by], `reviews/${by}/decision`, { outcome: 'refuse', reasons, conditions: [] }));
  await one.ended('refused');
  await topics.namesUntil(caseNo, 'application.refused.v1', 60_000);
  return caseNo;
};

const bodies: Partial<Record<Role, string>> = {
  bidder: 'bidder-1',
  partner: 'merchant-1',
  expert: 'institute-1',
  government: 'city-government',
  merchant: 'merchant-1',
  operator: 'operator',
  sourceDepartment: 'dept-health',
  countyBureau: 'county-bureau-1',
  bureau: 'city-bureau',
};

/** A call that edits, or one whose file has a name. */
const send = async (seat: Seat, service: 'catalog' | 'registry', path: string, init: RequestInit) => {
  const token = await requestToken(
    { issuerUrl: stack.urls['issuer'] ?? '', dataFolder: stack.folder },
    { roles: [seat.role], organisation: seat.organisation, jurisdiction: 'zhongwei', subject: seat.role },
  );
  const headers = { ...(init.headers as object), authorization: `Bearer ${token}` };
  const { status } = await fetch(`${stack.urls[service]}${path}`, { ...init, headers });
  return status;
};
const edit = (method: string, body: unknown): RequestInit => ({
  ...{ method, body: JSON.stringify(body) },
  headers: { 'content-type': 'application/json', 'if-match': '"1"' },
});

/** One file in each service, with the name for its own and within it. */
const uploads = async (): Promise<number[]> => {
  const answers = [];
  for (const service of ['catalog', 'registry'] as const) {
    const body = new FormData();
    body.append('file', new Blob([named('文件')], { type: 'text/plain' }), `${planted}证件.txt`);
    answers.push(await send(operator, service, '/v1/documents', { method: 'POST', body }));
  }
  return answers;
};

type Cases = Record<'application' | 'plan' | 'selection', string>;
/** The case that an address is about: of its own kind where there is one. */
const caseFor = (url: string, { application, plan, selection }: Cases): string =>
  url.startsWith('/v1/plans') ? plan : url.startsWith('/v1/selections') ? selection : application;

/** Registers that take a body made from their schema alone. */
const registers = ['POST /v1/staff', 'POST /v1/bring-in/merchants', 'PATCH /v1/people/:personId'];

/** Every act of every service once, by somebody whose role may do it; most are refused for other reasons, and refusals are logged too. */
const everyAct = async (cases: Cases) => {
  const tally = { names: 0, taken: new Set<string>(), faults: [] as string[] };
  for (const service of ['catalog', 'registry'] as const) {
    const app = await buildForDocument(service);
    for (const { method, url, config, schema } of app.declaredRoutes) {
      const verb = String(method);
      if (!changing.has(verb) || !schema?.body || !config?.act || url.startsWith('/v1/sandbox')) continue;
      const ids = (name: string, { type }: { type?: string }) => {
        if (name === 'caseNo') return caseFor(url, cases);
        if (name === 'plan' && type === 'string') return cases.plan;
        if (name === 'resources' && type === 'string') return entryOf('operator');
        return name === 'organisation' ? 'dept-health' : undefined;
      };
      const { body, names } = withNames(schema.body, ids);
      tally.names += names;
      const act = config.act;
      const able = roles.filter((role) => {
        const actor = {
          id: 'x',
          roles: [role],
          organisation: bodies[role] ?? null,
          jurisdiction: 'zhongwei',
        };
        return role !== 'public' && may(actor, act) === 'yes';
      });
      for (const role of able) {
        const organisation = bodies[role];
        const seat = { role, ...(organisation && { organisation }) };
        const address = addressOf(url, schema.params, ids);
        const status =
          verb === 'POST'
            ? (await stack.post(seat, address, body, { service })).status
            : await send(seat, service, address, edit(verb, body));
        if (status < 300) tally.taken.add(`${verb} ${url}`);
        if (status >= 500) tally.faults.push(`${verb} ${url} ${role} ${status}`);
      }
    }
    await app.close();
  }
  return tally;
};

const changing = new Set(['POST', 'PUT', 'PATCH']);
const schemas = ['catalog', 'registry', 'pricing', 'disclosure'];

type Found = { whole: string; besideWords: string };
const foundIn = (attributes: unknown, type: string, data: unknown): Found => ({
  whole: JSON.stringify([attributes, data]),
  besideWords: JSON.stringify([attributes, besidePublicWords(type, data)]),
});

/** Everything in every topic: read until each event of the outboxes has come. */
const allRecords = async (): Promise<Found[]> => {
  const bus = createBus({ brokers: stack.brokers, clientId: 'personal' });
  const found: Found[] = [];
  const ids = new Set<string | undefined>();
  const written = (
    await Promise.all(schemas.map((schema) => textsOf(`select id::text as text from ${schema}.outbox`)))
  ).flat();
  const subscription = bus.subscribe({
    group: `personal-${randomUUID()}`,
    topics: allTopics,
    each: async ({ headers, value }) => {
      ids.add(headers['ce_id']);
      const data: unknown = JSON.parse(value?.toString('utf8') ?? 'null');
      found.push(foundIn(headers, headers['ce_type'] ?? '', data));
    },
  });
  const missing = await until(
    async () => written.filter((id) => !ids.has(id)),
    (left) => left.length === 0,
  );
  await subscription.stop();
  await bus.close();
  expect(missing).toEqual([]);
  return found;
};

const allHistories = async (): Promise<Record<string, string>> => {
  const { client, close } = temporalClient(stack.urls['temporal'] ?? '', 'default');
  const found: Record<string, string> = {};
  for await (const { workflowId, runId } of client.workflow.list())
    found[workflowId] = textWithin(await client.workflow.getHandle(workflowId, runId).fetchHistory());
  await close();
  return found;
};

const textsOf = async (query: string): Promise<string[]> => {
  const { rows } = await sql<{ text: string }>`${sql.raw(query)}`.execute(stack.db);
  return rows.map(({ text }) => text);
};

it('a name in every free text reaches the tables, and no history, topic, event, audit entry or log', async () => {
  const caseNo = await mainFlow();
  const procedures = await plantProcedures(stack, named);
  expect(await uploads()).toEqual([201, 201]);
  const { names, taken, faults } = await everyAct({ application: caseNo, ...procedures });
  expect(faults).toEqual([]);
  expect(names).toBeGreaterThan(100);
  expect([...taken]).toEqual(expect.arrayContaining(registers));
  await until(
    async () => (await textsOf(`select receipt as text from catalog.intake where state = 'taken'`)).length,
    (left) => left === 0,
  );

  // It was written where it belongs: what is looked for can be found.
  const content = await textsOf(`select contents::text as text from catalog.application_content`);
  const words = await textsOf(`select body::text as text from catalog.intake_text`);
  expect([content.some(holdsName), words.filter(holdsName).length > 4]).toEqual([true, true]);
  const plans = await textsOf(`select contents::text as text from registry.plan_content`);
  const papers = await textsOf(`select p::text as text from registry.selection_paper p`);
  expect([plans.some(holdsName), papers.some(holdsName)]).toEqual([true, true]);

  const histories = await allHistories();
  expect(Object.keys(histories)).toEqual(expect.arrayContaining([caseNo, ...Object.values(procedures)]));
  expect(histories[caseNo]).toContain(caseNo); // payloads are read
  const records = await allRecords();
  expect(records.some(({ whole }) => whole.includes(caseNo))).toBe(true);
  const events: Found[] = [];
  for (const schema of schemas)
    for (const text of [
      ...(await textsOf(`select to_jsonb(o)::text as text from ${schema}.outbox o`)),
      ...(await textsOf(`select entry as text from ${schema}.audit_entry`)),
    ]) {
      const { payload, data = payload, ...attributes } = JSON.parse(text);
      events.push(foundIn(attributes, attributes.type, data));
    }
  const logs = readdirSync(stack.folder)
    .filter((file) => file.endsWith('.log'))
    .map((file) => readFileSync(join(stack.folder, file), 'utf8'));
  expect(logs.some((log) => log.includes(caseNo))).toBe(true);

  expect({
    histories: Object.keys(histories).filter((id) => holdsName(histories[id] ?? '')),
    records: records.filter(({ besideWords }) => holdsName(besideWords)),
    events: events.filter(({ besideWords }) => holdsName(besideWords)),
    contacts: [...records, ...events].filter(({ whole }) => holdsContact(whole)),
    logs: logs.flatMap((log) => log.split('\n')).filter(holdsName),
  }).toEqual({ histories: [], records: [], events: [], contacts: [], logs: [] });
}, 420_000);

it.each([
  ['as it is', `…${planted}场景…`],
  [
    'escaped',
    JSON.stringify({ a: planted }).replaceAll(
      /[^\x20-\x7e]/g,
      (one) => `\\u${one.codePointAt(0)!.toString(16)}`,
    ),
  ],
  ['in an address', `/v1/x?q=${encodeURIComponent(planted)}`],
  ['in the bytes of a payload', textWithin({ payloads: [{ data: Buffer.from(`{"a":"${planted}"}`) }] })],
])('the look finds a name %s', (_how, text) => {
  expect(holdsName(text)).toBe(true);
});

describe('the words of what is public are let through there, and nowhere else', () => {
  const found = (type: string, data: object) =>
    holdsName(JSON.stringify(besidePublicWords(`cn.gongshu.${type}`, data)));
  it.each([
    ['the title of a published entry', 'resource.described.v1', { title: planted }, false],
    ['a field of it', 'resource.described.v1', { fields: [{ name: planted, grade: null }] }, false],
    ['its number', 'resource.described.v1', { resource: planted, title: 'x' }, true],
    ['a key that its schema does not know', 'resource.described.v1', { contact: planted }, true],
    ['a key of that name in a case event', 'resource.compiled.v1', { title: planted }, true],
    ['a public event that tells no words', 'resource.published.v1', { title: planted }, true],
    ['a type that is none of ours', 'resource.invented.v1', { title: planted }, true],
  ])('%s', (_what, type, data, caught) => {
    expect(found(type, data)).toBe(caught);
  });

  it.each([
    ['a mail address', 'zhangsanjia@example.org', true],
    ['in capitals', 'ZhangSanJia@Example.org', true],
    ['a telephone', '电话13877770000', true],
    ['a title', planted, false],
  ])('contacts are found in words too: %s', (_what, text, caught) => {
    expect(holdsContact(JSON.stringify({ title: text }))).toBe(caught);
  });
});
