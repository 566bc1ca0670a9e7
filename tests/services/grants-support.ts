/** Approved cases as rows, agreements and grants made through the routes. */
import { applicationRules } from '@gongshu/shared/application/rules';
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import type { Condition } from '@gongshu/infra/cases/tables';
import type { GrantDeps, UseTables } from '@gongshu/service-catalog/grants/deps';
import type { LightMyRequestResponse } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { bodiesOf, type Catalog, startCatalog, type Who } from './resources-support.ts';
import { inOperation } from '../support/in-operation.ts';
import { enrolled } from '../support/enrolled.ts';

export const hash = `sha256:${'a'.repeat(64)}`;
export const merchant = {
  roles: ['merchant'],
  organisation: 'merchant-1',
  jurisdiction: 'zhongwei',
} as const;
export const otherMerchant = { ...merchant, organisation: 'merchant-2' } as const;
export const zhongwei = bodiesOf('zhongwei');
export const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;

/** What a merchant asked for, in words nobody outside the case reads. */
export const asked = {
  scenario: '停车诱导与车位共享',
  scope: '全市范围内的停车场',
  manner: '接口调用，不落地',
  term: { from: '2024-03-01', until: '2026-02-28' },
  securityMeasures: '专网接入，日志留存六个月',
};
/** The words of the items that the application does not fill. */
export const items = {
  rightsAndDuties: '甲方提供平台，乙方依约使用。',
  conditions: '仅限本场景。',
  dataSecurity: '平台内加工。',
  serviceFees: '按收费标准。',
  tradingConditions: '不得转让。',
  termination: '届满终止。',
  liability: '依法承担。',
};

export type AgreementBody = {
  agreementNo: string;
  hash: string;
  state: string;
  version: number;
  grantNo: string | null;
  term: { from: string; until: string };
  signatures: { party: string }[];
  resources: { resource: string; fields: string[]; masked: string[] }[];
  items: { item: string; words: string }[];
};

export type GrantCity = Awaited<ReturnType<typeof startGrants>>;

/** The catalog with two entries, parking (dept-transport) and clinics (dept-health), and ways to approved cases. */
export const startGrants = async (given: NonNullable<Parameters<typeof startCatalog>[0]> = {}) => {
  const catalog: Catalog = await startCatalog(given);
  const db = catalog.db as unknown as Kysely<UseTables>;
  await ensureShippedCalendar(db as never);
  // What stamps an intake stands where the service's clock begins.
  await sql`
    insert into platform.law_clock (real_at, virtual_at, speed)
    values (clock_timestamp(), ${catalog.clock.now}, 0)`.execute(db);
  const fields = [{ name: '停车场名称' }, { name: '剩余车位' }, { name: '车牌号码' }];
  const parking = await catalog.compile(zhongwei.department, 'parking', { fields });
  const clinics = await catalog.compile(zhongwei.department, 'clinics', {
    reviewer: { kind: 'sourceDepartment', organisation: 'dept-health' },
    fields: [{ name: '名称' }, { name: '地址' }],
  });
  await db.updateTable('resource').set({ state: 'public' }).execute();
  await db
    .insertInto('body')
    .values([
      { jurisdiction: 'zhongwei', id: 'operator', kind: 'operator' },
      { jurisdiction: 'zhongwei', id: 'city-bureau', kind: 'bureau' },
    ])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await enrolled(db, 'zhongwei', 'merchant-1', 'merchant-2');
  await inOperation(db, 'zhongwei');
  return {
    ...catalog,
    db,
    parking,
    clinics,
    ...casesIn(db, catalog.deps.packs, catalog.call, { parking, clinics }),
  };
};

type Call = Catalog['call'];

/** Ways to approved cases and their grants, for any catalog that runs. */
export const casesIn = (
  db: Kysely<UseTables>,
  packs: GrantDeps['packs'],
  call: Call,
  { parking, clinics }: { parking: string; clinics: string },
) => {
  let cases = 0;
  const calendar = newestCalendar(db as never, 'zhongwei');

  /** A case of merchant-1 that its reviewers approved under these conditions, by body. */
  const approved = async ({
    outcome = 'approved',
    applicant = 'merchant-1',
    conditions = {},
    contents = asked,
    kind = 'new',
    grantNo = null,
  }: {
    outcome?: string | null;
    applicant?: string;
    conditions?: Record<string, Condition[]>;
    contents?: object;
    kind?: 'new' | 'amendment' | 'renewal';
    grantNo?: string | null;
  } = {}): Promise<string> => {
    cases += 1;
    const caseNo = `640500-SQ-2024-9${String(cases).padStart(5, '0')}`;
    const rules = applicationRules(packs.resolve('zhongwei'));
    const at = new Date('2024-03-01T09:00:00+08:00');
    await db
      .insertInto('application')
      .values({
        case_no: caseNo,
        kind,
        grant_no: grantNo,
        jurisdiction: 'zhongwei',
        applicant_organisation: applicant,
        operator_organisation: 'operator',
        pack_version: rules.packVersion,
        rules: JSON.stringify(rules) as never,
        calendar_version: (await calendar).version,
        stage: 'review',
        outcome,
        submitted_by: 'm-1',
        submitted_at: at,
        accepted_at: at,
        ended_at: outcome === null ? null : at,
      })
      .execute();
    await db
      .insertInto('application_content')
      .values({
        case_no: caseNo,
        version: 1,
        contents: JSON.stringify(contents) as never,
        content_hash: hash,
        changed: [],
        receipt: `SJ-${caseNo}`,
        submitted_at: at,
      })
      .execute();
    for (const [resource, organisation] of [
      [parking, 'dept-transport'],
      [clinics, 'dept-health'],
    ] as const) {
      await db
        .insertInto('application_resource')
        .values({
          case_no: caseNo,
          resource_id: resource,
          reviewer_kind: 'sourceDepartment',
          reviewer_organisation: organisation,
        })
        .execute();
      const turnId = `${caseNo}/review/${organisation}`;
      await db
        .insertInto('turn')
        .values({
          turn_id: turnId,
          case_no: caseNo,
          jurisdiction: 'zhongwei',
          step: 'review',
          organisation,
          organisation_name: organisation,
          body_kind: 'sourceDepartment',
          started_at: at,
          outcome: 'approved',
          calendar_version: (await calendar).version,
          last_day: null,
          deadline: null,
          extension: null,
          wake_at: null,
          wake_kind: null,
          directed_due_on: null,
          ended_at: at,
          ended_receipt: null,
        })
        .execute();
      await db
        .insertInto('decision')
        .values({
          turn_id: turnId,
          outcome: 'approved',
          findings: '[]' as never,
          reasons: '[]' as never,
          conditions: JSON.stringify(conditions[organisation] ?? []) as never,
          decided_by: 'someone',
          decided_at: at,
          receipt: `SJ-${turnId}`,
        })
        .execute();
    }
    return caseNo;
  };

  const render = (caseNo: string, change: object = {}, who: Who = zhongwei.operator) =>
    call(who, 'POST', `/v1/applications/${caseNo}/agreements`, {
      body: { purpose: 'parkingGuidance', items, ...change },
    });
  const rendered = async (caseNo: string, change: object = {}): Promise<AgreementBody> => {
    const answer = await render(caseNo, change);
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<AgreementBody>();
  };
  const sign = (who: Who, { agreementNo, hash: signed }: Pick<AgreementBody, 'agreementNo' | 'hash'>) =>
    call(who, 'POST', `/v1/agreements/${agreementNo}/signatures`, { body: { hash: signed } });
  const signedBy = async (one: AgreementBody, whose: Who = merchant): Promise<string> => {
    for (const who of [whose, zhongwei.operator]) {
      const answer = await sign(who, one);
      if (answer.statusCode !== 201) throw new Error(answer.body);
    }
    const { grant_no } = await db
      .selectFrom('use_grant')
      .select('grant_no')
      .where('agreement_no', '=', one.agreementNo)
      .executeTakeFirstOrThrow();
    return grant_no;
  };
  /** A grant of merchant-1; its number. */
  const granted = async (how: Parameters<typeof approved>[0] = {}, change: object = {}): Promise<string> =>
    signedBy(await rendered(await approved(how), change), {
      ...merchant,
      organisation: how.applicant ?? 'merchant-1',
    });
  /** Types of the events of a subject, in order, without version. */
  const told = async (subject: string): Promise<string[]> => {
    const rows = await (
      db as unknown as Kysely<{ outbox: { type: string; aggregateid: string; aggregate_version: number } }>
    )
      .selectFrom('outbox')
      .select('type')
      .where('aggregateid', '=', subject)
      .orderBy('aggregate_version')
      .execute();
    return rows.map(({ type }) => type.replace(/\.v\d+$/, ''));
  };
  return { approved, render, rendered, sign, signedBy, granted, told };
};

export const codeOf = (answer: LightMyRequestResponse): [number, string | undefined] => [
  answer.statusCode,
  answer.json<{ code?: string }>().code,
];
