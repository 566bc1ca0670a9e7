import { documentRoutes } from '@gongshu/infra/documents/routes';
import { connect } from '@gongshu/infra/database';
import { buildService } from '@gongshu/infra/http/service';
import { lawNow, moveLawClock } from '@gongshu/infra/law-clock';
import { loadPacks } from '@gongshu/infra/packs';
import type { SupplyDraft } from '@gongshu/service-catalog/supplies/schema';
import { accessRoutes } from '@gongshu/service-catalog/routes/accesses';
import { resourceReadRoutes } from '@gongshu/service-catalog/routes/resource-read';
import { supplyRoutes } from '@gongshu/service-catalog/routes/supplies';
import { supplyStandingRoutes } from '@gongshu/service-catalog/routes/supply-standing';
import { type Kysely, sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import type { Who } from './resources-support.ts';

export type { Who } from './resources-support.ts';
export type Supplies = Awaited<ReturnType<typeof startSupplies>>;

const hash = (digit: string): string => `sha256:${digit.repeat(64)}`;
/** Papers on record of department and bureau. */
export const papers = { authorisation: hash('a'), consent: hash('b'), rectification: hash('c') };

export const department = { roles: ['sourceDepartment'], organisation: 'dept-transport' } as const;
export const bureau = { roles: ['bureau'], organisation: 'city-bureau' } as const;
export const operator = { roles: ['operator'], organisation: 'operator' } as const;
export const merchant = { roles: ['merchant'], organisation: 'merchant-1' } as const;

export const purpose = '城市公共服务便民查询';
export const resource = '640500-RES-parking';

/** Graded fields of the entry most tests use. */
export const gradedFields = [
  { name: '停车场名称', grade: 'general' },
  { name: '剩余车位', grade: 'general' },
  { name: '车牌号', grade: 'personal' },
  { name: '运营成本', grade: 'tradeSecret' },
];

/** Supply, its standing and the accesses, over HTTP and on a database of their own; the law's clock stands until it is moved. */
export const startSupplies = async () => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const owner = connect<unknown>(database.url, { schema: 'catalog', max: 2 });
  await sql`
    insert into platform.law_clock (real_at, virtual_at, speed)
    values (clock_timestamp(), '2024-03-01T10:00:00+08:00', 0)`.execute(owner);
  const base = serviceDeps('catalog', { url: database.url, tokens });
  const db: Kysely<any> = base.db;
  const deps = { ...base, db, lawNow: () => lawNow(db), packs: loadPacks() };
  const build = () =>
    buildService({
      name: 'catalog',
      title: 'test',
      routes: [
        supplyRoutes(deps),
        supplyStandingRoutes(deps),
        accessRoutes(deps),
        resourceReadRoutes({ ...deps, registration: { send: async () => {} } }),
        documentRoutes({ ...deps, service: 'catalog', documents: noCases.documents }),
      ],
      deps,
    });
  const app = await build();
  let calls = 0;

  const call = async (
    who: Who,
    method: 'GET' | 'POST',
    url: string,
    {
      body,
      headers = {},
      on = app,
    }: { body?: unknown; headers?: Record<string, string>; on?: typeof app } = {},
  ) => {
    calls += 1;
    return on.inject({
      method,
      url,
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': `test-call-${calls}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
  };

  /** A catalog entry as it stands after its flow. */
  const entry = async (
    id: string,
    {
      fields = gradedFields,
      ...change
    }: Record<string, unknown> & { fields?: { name: string; grade: string | null }[] } = {},
  ): Promise<string> => {
    const row = {
      ...{
        id,
        jurisdiction: 'zhongwei',
        source_key: id,
        title: '停车',
        provider_organisation: 'dept-transport',
      },
      ...{ provider_code: '1', provider_name: '交通局', abstract: '车位', update_frequency: 'monthly' },
      ...{ data_quality: '完整', scenario: '停车', level: 'city', classification: '交通', grade: '1级' },
      ...{ reviewer_kind: 'sourceDepartment', reviewer_organisation: 'dept-transport', state: 'public' },
      ...{ search_text: '', created_at: new Date(), updated_at: new Date(), ...change },
    };
    await (owner as Kysely<any>).insertInto('resource').values(row).execute();
    const rows = fields.map((field, position) => ({ ...field, position, resource_id: id }));
    await (owner as Kysely<any>).insertInto('resource_field').values(rows).execute();
    return id;
  };

  const document = async (who: { organisation: string }, one: string): Promise<void> => {
    await sql`
      insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values ('zhongwei', ${who.organisation}, ${one}, 1, 'application/pdf', '文件', 'a.pdf', 'someone', now())`.execute(
      owner,
    );
  };

  const draft = (change: object = {}): SupplyDraft =>
    ({
      resource,
      authorisation: { number: '卫数授〔2024〕1号', on: '2024-02-20', document: papers.authorisation },
      fields: ['停车场名称', '剩余车位'],
      treatments: {},
      from: '2024-03-01',
      until: '2024-12-31',
      ...change,
    }) as SupplyDraft;

  const supply = (who: Who, change: object = {}) =>
    call(who, 'POST', '/v1/supplies', { body: draft(change) });

  /** A supply as a row, without its act. */
  const supplied = async (
    no: string,
    fields: string[],
    change: { resource?: string; state?: string } = {},
  ) => {
    const ended = change.state === 'ended' ? new Date() : null;
    await sql`
      insert into supply (supply_no, jurisdiction, resource_id, department, authorisation, fields, from_on, until_on,
        starts_at, ends_at, state, recorded_by, recorded_at, ended_at)
      values (${no}, 'zhongwei', ${change.resource ?? resource}, 'dept-transport', '{}', ${fields}, '2024-01-01',
        '2024-12-31', '2024-01-01T00:00:00+08:00', '2025-01-01T00:00:00+08:00', ${change.state ?? 'active'}, 'someone',
        now(), ${ended})`.execute(owner);
  };

  let grants = 0;
  /** A grant as a row, with its case and agreement; answers its number. */
  const grant = async (
    given: {
      fields?: string[];
      masked?: string[];
      starts?: string;
      ends?: string;
      merchant?: string;
      operator?: string;
      jurisdiction?: string;
      resource?: string;
    } = {},
  ): Promise<string> => {
    grants += 1;
    const number = String(grants).padStart(6, '0');
    const [no, caseNo, agreementNo] = [
      `640500-SY-2024-${number}`,
      `640500-SQ-2024-${number}`,
      `640500-XY-2024-${number}`,
    ];
    const { starts = '2024-01-01T00:00:00+08:00', ends = '2025-01-01T00:00:00+08:00' } = given;
    const { merchant: whose = 'merchant-1', operator: by = 'operator', jurisdiction = 'zhongwei' } = given;
    await sql`
      insert into application (case_no, jurisdiction, applicant_organisation, operator_organisation, pack_version, rules,
        calendar_version, stage, submitted_by, submitted_at)
      values (${caseNo}, ${jurisdiction}, ${whose}, ${by}, 'v', '{}', 'v', 'review', 'someone', now())`.execute(
      owner,
    );
    await sql`
      insert into agreement (agreement_no, case_no, jurisdiction, merchant, operator, version, items, terms, document, hash,
        state, rendered_by, rendered_at)
      values (${agreementNo}, ${caseNo}, ${jurisdiction}, ${whose}, ${by}, 1, '{}', '{}', 'd', 'h', 'signed', 'someone',
        now())`.execute(owner);
    await sql`
      insert into use_grant (grant_no, jurisdiction, case_no, agreement_no, merchant, operator, authority, kind, purpose,
        conditions, from_on, until_on, starts_at, ends_at, granted_at)
      values (${no}, ${jurisdiction}, ${caseNo}, ${agreementNo}, ${whose}, ${by}, 'city-bureau', 'new', ${purpose}, '[]',
        '2024-01-01', '2024-12-31', ${starts}, ${ends}, now())`.execute(owner);
    await sql`
      insert into use_grant_resource (grant_no, resource_id, reviewer_organisation, fields, masked)
      values (${no}, ${given.resource ?? resource}, 'dept-transport', ${given.fields ?? ['停车场名称', '剩余车位']},
        ${given.masked ?? []})`.execute(owner);
    return no;
  };

  const question = (change: object = {}) => ({
    fields: [{ resource, fields: ['停车场名称'] }],
    purpose,
    at: '2024-03-01T10:00:00+08:00',
    by: 'account-7',
    ...change,
  });
  const ask = (no: string, change: object = {}, key?: string, who: Who = operator) =>
    call(who, 'POST', `/v1/grants/${no}/accesses`, {
      body: question(change),
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    });

  const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => (await query.execute(owner)).rows;
  const events = (subject: string) =>
    rows(
      sql<{ type: string; data: Record<string, unknown> }>`
        select type, payload as data from outbox where aggregateid = ${subject} order by aggregate_version`,
    );

  const stop = async () => {
    await app.close();
    await base.db.destroy();
    await owner.destroy();
    await database.drop();
  };
  return {
    ...{ app, build, db: base.db as Kysely<any>, owner, url: database.url, packs: deps.packs, tokens },
    ...{ call, entry, document, draft, supply, supplied, grant, question, ask, rows, events, stop },
    moveTo: (instant: string) => moveLawClock(owner, new Date(instant)),
  };
};

export const refusal = (body: string) => {
  const {
    code,
    article,
    errors = [],
  } = JSON.parse(body) as {
    code: string;
    article?: { article: string };
    errors?: { pointer: string }[];
  };
  return { code, article: article?.article, pointers: errors.map(({ pointer }) => pointer) };
};
