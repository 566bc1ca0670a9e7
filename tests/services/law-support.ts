import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { applicationNo } from '@gongshu/shared/application/ids';
import type { LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { inOperation } from '../support/in-operation.ts';
import { bodiesOf, startCatalog } from './resources-support.ts';

/** The cities of the packs whose data is supplied and used. */
export const lawCities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
export type LawCity = (typeof lawCities)[number];

const people = (jurisdiction: LawCity) => ({
  ...bodiesOf(jurisdiction),
  merchant: { roles: ['merchant'], organisation: 'merchant-1', jurisdiction } as const,
});
export type People = ReturnType<typeof people>;
export const peopleOf: Record<LawCity, People> = {
  national: people('national'),
  zhongwei: people('zhongwei'),
  shuozhou: people('shuozhou'),
  wuhai: people('wuhai'),
};

/** A document that every body has uploaded. */
export const documentHash = `sha256:${'d'.repeat(64)}`;

/** Of the ten items of Zhongwei 十九, those that the application does not say: scenario, data scope and term are its own. */
export const agreementItems = {
  rightsAndDuties: '双方权利义务',
  conditions: '接口调用，不落地',
  dataSecurity: '专网接入',
  serviceFees: '无偿',
  tradingConditions: '不进场交易',
  termination: '期满终止',
  liability: '违约责任',
};

/** What a refusal says: its code, the article it names, and the places at fault. */
export const refusalOf = (answer: LightMyRequestResponse) => {
  const {
    code,
    article,
    errors = [],
  } = answer.json<{
    code: string;
    article?: { instrument: string; article: string };
    errors?: { pointer: string }[];
  }>();
  return {
    status: answer.statusCode,
    code,
    article: article?.article,
    pointers: errors.map(({ pointer }) => pointer),
  };
};

export type Law = Awaited<ReturnType<typeof startLaw>>;

/**
 * The catalog service with a bureau, an operator and one enrolled merchant in every city; no workflow runs: what is
 * taken in stays taken in. The law stands at 2024-03-01 10:00.
 */
export const startLaw = async () => {
  const catalog = await startCatalog();
  await sql`
    insert into platform.law_clock (real_at, virtual_at, speed)
    values (clock_timestamp(), ${catalog.clock.now}, 0)`.execute(catalog.db);
  await ensureShippedCalendar(catalog.db as never);
  for (const city of lawCities) {
    for (const [id, kind] of [
      ['city-bureau', 'bureau'],
      ['operator', 'operator'],
    ])
      await sql`insert into body (jurisdiction, id, kind) values (${city}, ${id}, ${kind})`.execute(
        catalog.db,
      );
    await inOperation(catalog.db, city);
    await sql`
      insert into merchant (jurisdiction, organisation, standing, since)
      values (${city}, 'merchant-1', 'enrolled', ${catalog.clock.now})`.execute(catalog.db);
    for (const organisation of ['city-bureau', 'dept-transport', 'merchant-1', 'operator'])
      await sql`
        insert into document
          (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
        values (${city}, ${organisation}, ${documentHash}, 1, 'application/pdf', '授权文件', 'a.pdf', 'someone',
          ${catalog.clock.now})`.execute(catalog.db);
  }

  const mustBe = (answer: LightMyRequestResponse, status: number): LightMyRequestResponse => {
    if (answer.statusCode !== status) throw new Error(`${answer.statusCode} ${answer.body}`);
    return answer;
  };
  /** The steps of each city's own flow, up to the one that opens an entry to application. */
  const steps: Record<LawCity, [by: 'department' | 'bureau', to: string, more?: object][]> = {
    national: [],
    zhongwei: [
      ['department', 'submitted'],
      ['bureau', 'collected'],
      ['bureau', 'public'],
    ],
    shuozhou: [['bureau', 'collected']],
    wuhai: [
      ['department', 'submitted'],
      ['bureau', 'reviewed'],
      ['bureau', 'public', { batch: 'b1' }],
    ],
  };

  /** Compiles an entry and takes it through its city's flow until it is open, with the consent it needs; its number. */
  const openEntry = async (
    city: LawCity,
    key: string,
    change: Record<string, unknown> = {},
  ): Promise<string> => {
    const { department, bureau } = peopleOf[city];
    const id = await catalog.compile(department, key, change);
    if (change['obtainedBySharing'] === true)
      mustBe(
        await catalog.call(department, 'POST', `/v1/resources/${id}/consents`, {
          body: {
            ...{ provider: 'dept-land', documentId: 'LETTER-1', documentHash },
            ...{ consentedOn: '2024-02-01', scope: '仅限汇总统计' },
          },
        }),
        201,
      );
    for (const [by, to, more] of steps[city])
      mustBe(await catalog.move(peopleOf[city][by], id, to, more), 200);
    if (city === 'zhongwei' || city === 'wuhai') return id;
    const post = (url: string, body: object) => catalog.call(bureau, 'POST', url, { body });
    const made = mustBe(await post('/v1/registration-packages', {}), 201);
    const { id: number, items } = made.json<{ id: string; items: { resource: string }[] }>();
    const codes = items.map(({ resource }) => ({ resource, code: `DJ-${resource}` }));
    mustBe(
      await post(`/v1/registration-packages/${number}/registration`, { registeredOn: '2024-03-01', codes }),
      200,
    );
    return id;
  };

  let cases = 0;
  /** An application of merchant-1 that its reviewers approved, as the tables hold it; its number. */
  const approvedCase = async (
    city: LawCity,
    entry: string,
    contents: object = {
      scenario: '停车诱导',
      scope: '全市停车场',
      term: { from: '2024-03-01', until: '2024-12-31' },
    },
    outcome: string | null = 'approved',
  ): Promise<string> => {
    const { areaCode, version } = catalog.deps.packs.resolve(city);
    const caseNo = applicationNo(areaCode, 2024, 900_000 + (cases += 1));
    const { now } = catalog.clock;
    await sql`
      insert into application
        (case_no, jurisdiction, applicant_organisation, operator_organisation, pack_version, rules,
        calendar_version, stage, outcome, submitted_by, submitted_at, accepted_at, ended_at)
      values (${caseNo}, ${city}, 'merchant-1', 'operator', ${version}, '{}', 'none', 'review', ${outcome}, 'm-1',
        ${now}, ${now}, ${outcome === null ? null : now})`.execute(catalog.db);
    await sql`
      insert into application_content (case_no, version, contents, content_hash, receipt, submitted_at)
      values (${caseNo}, 1, ${JSON.stringify(contents)}, ${documentHash}, 'SJ-1', ${now})`.execute(
      catalog.db,
    );
    await sql`
      insert into application_resource (case_no, resource_id, reviewer_kind, reviewer_organisation)
      values (${caseNo}, ${entry}, 'sourceDepartment', 'dept-transport')`.execute(catalog.db);
    return caseNo;
  };

  const agreement = (city: LawCity, caseNo: string, items: object, more: object = {}) =>
    catalog.call(peopleOf[city].operator, 'POST', `/v1/applications/${caseNo}/agreements`, {
      body: { purpose: 'parkingGuidance', items, ...more },
    });
  /** Both sign the agreement over its hash; its view with the grant's number. */
  const signed = async (city: LawCity, offered: LightMyRequestResponse) => {
    const { agreementNo, hash } = mustBe(offered, 201).json<{ agreementNo: string; hash: string }>();
    const sign = (who: 'merchant' | 'operator') =>
      catalog.call(peopleOf[city][who], 'POST', `/v1/agreements/${agreementNo}/signatures`, {
        body: { hash },
      });
    mustBe(await sign('merchant'), 201);
    return mustBe(await sign('operator'), 201).json<{ grantNo: string; state: string }>();
  };
  return { ...catalog, mustBe, openEntry, approvedCase, agreement, signed };
};
