// V1: an evaluation that uses every source: whatever a pack names is counted, from events as they are, with the cases behind.
import { toCloudEvent } from '@gongshu/infra/cloud-event';
import type { EvaluationTables } from '@gongshu/infra/evaluations/tables';
import { loadPacks } from '@gongshu/infra/packs';
import { factsTold, keepFact } from '@gongshu/service-registry/evaluations/facts-subscriber';
import { figuresOf } from '@gongshu/service-registry/evaluations/figures';
import { publicSideTypes } from '@gongshu/service-registry/evaluations/public-facts';
import { toInstantText } from '@gongshu/shared/business-date';
import { evaluationRules } from '@gongshu/shared/evaluation/rules';
import { registeredSources, uncounted, withoutSource } from '@gongshu/shared/evaluation/sources';
import { type EventType, eventTypes } from '@gongshu/shared/events';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { Source } from '@gongshu/shared/packs/topics/evaluation';
import { type Kysely, sql } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();
let the: Disclosure;
let registry: Kysely<EvaluationTables>;
beforeAll(async () => {
  the = await startDisclosure(cities);
  registry = the.db.withSchema('registry') as unknown as Kysely<EvaluationTables>;
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

describe('what packs name is counted, and what is counted is named (V1)', () => {
  it.each(cities)('%s: no indicator without a source, no source that nothing counts', (city) => {
    const rules = valuesOf(packs.resolve(city), 'evaluation');
    expect(withoutSource(rules)).toEqual([]);
    expect(uncounted(rules)).toEqual([]);
  });

  it('sabotage: a source left out is caught', () => {
    const rules = valuesOf(packs.resolve('zhongwei'), 'evaluation');
    for (const source of ['complaints', 'incidents', 'evidenceInForce'])
      expect(
        uncounted(
          rules,
          registeredSources.filter((one) => one !== source),
        ),
      ).toEqual([source]);
  });

  it('every source stands in some city’s evaluation', () => {
    const named = new Set(
      cities.flatMap((city) => Object.values(valuesOf(packs.resolve(city), 'evaluation').sources).flat()),
    );
    expect([...named].toSorted()).toEqual([...registeredSources].toSorted());
    expect([...registeredSources].toSorted()).toEqual([...Source.options].toSorted());
  });

  it('each type that facts are learnt from is one that is told', () => {
    for (const type of publicSideTypes) expect(Object.keys(eventTypes)).toContain(type);
  });
});

/** What the disclosure service told of a city, as Kafka would bring it. */
const toldIn = async (city: City) => {
  const { rows } = await sql<Parameters<typeof toCloudEvent>[0]>`
    select * from disclosure.outbox where jurisdiction = ${city} order by recorded_at, id`.execute(the.db);
  return rows.map(toCloudEvent);
};
type Event = Parameters<typeof factsTold>[0];
const count = async (events: readonly Event[], learn = factsTold): Promise<void> => {
  for (const event of events)
    for (const fact of learn(event))
      await the.db.transaction().execute((trx) => keepFact(trx.withSchema('registry') as never, fact));
};
const figures = async (city: City, operator = 'operator') => {
  const all = await figuresOf(registry, {
    ...{ caseNo: 'none', jurisdiction: city, rules: evaluationRules(packs.resolve(city)) },
    facts: {
      ...{ agreement: 'YY', operator, year: 2025, from: '2025-01-01', until: '2025-12-31' },
      withoutSource: [],
    },
  });
  const bySource = new Map(all.flatMap(({ sources }) => sources.map((one) => [one.source, one] as const)));
  const shown = (source: string) => {
    const one = bySource.get(source as never);
    return one && !one.noSource ? [one.value, one.of, one.cases] : one;
  };
  return { all, shown };
};

const papers = new Map<string, number>();
const upload = (city: City, organisation: string) => {
  const n = (papers.get(city) ?? 0) + 1;
  papers.set(city, n);
  return the.upload(city, organisation, `评估来源材料 ${n}`);
};
const must = async (what: Promise<{ status: number; code: string | undefined }>): Promise<void> => {
  const { status, code } = await what;
  if (status !== 200) throw new Error(`${status} ${code}`);
};

/** A complaint put to the operator or to none, answered as founded or not; its number. */
const complain = async (city: City, result: 'founded' | 'unfounded', toOperator = false): Promise<string> => {
  const { bureau, operator } = disclosurePeople(city);
  const given = {
    jurisdiction: city,
    about: 'service',
    text: `服务中断多日未答复 ${result}`,
    identity: null,
  };
  const answer = await the.call(null, 'POST', '/v1/complaints', given);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const { number } = answer.json<{ number: string }>();
  await the.quiet(number);
  const act = (by: Parameters<Disclosure['post']>[0], path: string, body: object = {}) =>
    must(the.post(by, `/v1/complaints/${number}/${path}`, body));
  await act(bureau, 'acceptance');
  if (toOperator) {
    await act(bureau, 'inquiries', { body: 'operator', statement: '请核实。' });
    await act(operator, 'inquiry-answers', { finding: 'confirmed', words: '属实。' });
  }
  await act(bureau, 'answer', {
    result,
    measures: result === 'founded' ? ['corrected'] : ['explained'],
    words: '已核实。',
    noDepartment: 'noDepartmentConcerned',
  });
  return number;
};

/** A finding put right in time; the case's number. */
const audited = async (city: City): Promise<string> => {
  const { bureau, operator } = disclosurePeople(city);
  const { kinds, with: partners } = valuesOf(packs.resolve(city), 'audit');
  const bodies: Record<string, string> = {
    sourceDepartment: 'dept-transport',
    countyAuthority: 'county-bureau',
  };
  const caseNo = await the.open(bureau, '/v1/audits', {
    audit: kinds[0]!.kind,
    from: '2024-01-01',
    until: '2024-12-31',
  });
  const on = '2025-03-03';
  const act = (by: Parameters<Disclosure['post']>[0], path: string, body: object = {}) =>
    must(the.post(by, `/v1/audits/${caseNo}/${path}`, body));
  const participants = partners.flatMap((role) => bodies[role] ?? []);
  await act(bureau, 'plan', { on, document: await upload(city, 'city-bureau'), participants });
  await act(bureau, 'carrying-out', { on, document: await upload(city, 'city-bureau') });
  await act(bureau, 'findings', { findings: [{ grade: 'low', responsible: 'operator', words: '日志' }] });
  await act(operator, 'reply', { document: await upload(city, 'operator') });
  await act(bureau, 'settling');
  await act(operator, 'rectifications', { finding: 1, document: await upload(city, 'operator') });
  await act(bureau, 'rectifications/acceptance', { finding: 1 });
  return caseNo;
};

/** Events of other services and Schedules, as their types let them be. */
const said = (city: City, type: EventType, data: object): Event => {
  eventTypes[type].schema.strict().parse(data);
  return {
    type: `cn.gongshu.${type}`,
    jurisdiction: city,
    lawtime: toInstantText(Date.parse('2025-05-06T09:00:00+08:00')),
    data: data as never,
  };
};
const at = '2025-05-06T09:00:00+08:00';
const base = (caseNo: string) => ({ caseNo, packVersion: 'p', at });
const hash = `sha256:${'0'.repeat(64)}`;
const report = (report: string, operator = 'operator') => ({
  ...{ report, operator, kind: 'work', from: '2025-01-01', until: '2025-03-31', dueOn: '2025-04-15' },
});
const drill = (one: string) => ({ drill: one, body: 'operator', dueOn: '2025-06-30' });
const disclosure = { part: 'operator', year: 2024, body: 'operator', operator: null };
const given = { resource: 'ZY-1', fault: 'outdated', department: 'dept-transport', givenBy: 'operator' };
const asked = { asker: 'merchant-1', need: 'newData' };
const sanctioned = (city: City, no: number, target: string): Event[] => {
  const caseNo = `${city}-CJ-${no}`;
  const decision = { reasonCodes: [], document: hash, target, measures: ['formalTalk'], handOverTo: null };
  return [
    said(city, 'sanction.opened.v1', { ...base(caseNo), target, targetRole: 'operator', grounds: [] }),
    said(city, 'sanction.decided.v1', { ...base(caseNo), ...decision, replies: 0, hearings: 0, late: false }),
  ];
};
const others = (city: City): Event[] => [
  ...sanctioned(city, 1, 'operator'),
  ...sanctioned(city, 2, 'operator'),
  ...sanctioned(city, 3, 'merchant-1'),
  said(city, 'sanction.reviewDecided.v1', {
    ...{ ...base(`${city}-CJ-2`), reasonCodes: [], document: hash, result: 'lift' },
  }),
  said(city, 'workReport.asked.v1', report(`${city}-BG-1`)),
  said(city, 'workReport.filed.v1', {
    ...report(`${city}-BG-1`),
    version: 1,
    hash,
    late: false,
    figures: 1,
    documents: [],
  }),
  said(city, 'workReport.asked.v1', report(`${city}-BG-2`)),
  said(city, 'workReport.overdue.v1', { ...report(`${city}-BG-2`), escalatedTo: 'government' }),
  said(city, 'workReport.filed.v1', {
    ...report(`${city}-BG-2`),
    version: 1,
    hash,
    late: true,
    figures: 1,
    documents: [],
  }),
  said(city, 'workReport.asked.v1', report(`${city}-BG-3`, 'another')),
  said(city, 'drill.due.v1', drill(`${city}-YL-1`)),
  said(city, 'drill.recorded.v1', {
    ...drill(`${city}-YL-1`),
    heldOn: '2025-05-05',
    document: hash,
    findings: [],
    late: false,
  }),
  said(city, 'drill.overdue.v1', { ...drill(`${city}-YL-2`), missed: 1 }),
  said(city, 'yearlyDisclosure.opened.v1', {
    ...base(`${city}-PL-1`),
    ...disclosure,
    dueOn: '2025-03-31',
    present: 1,
    empty: 0,
    missing: ['actualFees'],
  }),
  said(city, 'yearlyDisclosure.escalated.v1', {
    ...base(`${city}-PL-1`),
    ...disclosure,
    missing: ['actualFees'],
    lastDay: '2025-03-31',
    to: 'government',
  }),
  said(city, 'bulletin.drafted.v1', {
    ...base(`${city}-TB-1`),
    from: '2025-01-01',
    until: '2025-03-31',
    content: hash,
    departments: ['dept-transport'],
  }),
  said(city, 'bulletin.issued.v1', {
    ...base(`${city}-TB-1`),
    from: '2025-01-01',
    until: '2025-03-31',
    content: hash,
    departments: ['dept-transport'],
    published: true,
    late: false,
  }),
  said(city, 'qualityFeedback.opened.v1', { ...base(`${city}-ZL-1`), ...given, sample: null }),
  said(city, 'qualityFeedback.closed.v1', {
    ...base(`${city}-ZL-1`),
    ...given,
    result: 'corrected',
    by: 'giver',
    disputed: false,
    days: 3,
  }),
  said(city, 'qualityFeedback.opened.v1', { ...base(`${city}-ZL-2`), ...given, sample: null }),
  said(city, 'demandResponse.opened.v1', {
    ...base(`${city}-XQ-1`),
    ...asked,
    scenario: null,
    resource: null,
  }),
  said(city, 'demandResponse.concluded.v1', {
    ...base(`${city}-XQ-1`),
    ...asked,
    result: 'supplied',
    asked: 1,
    can: 1,
    days: 4,
    late: false,
  }),
  said(city, 'demandResponse.opened.v1', {
    ...base(`${city}-XQ-2`),
    ...asked,
    scenario: null,
    resource: null,
  }),
  said(city, 'demandResponse.overdue.v1', { ...base(`${city}-XQ-2`), step: 'result', lastDay: '2025-05-05' }),
];

describe('figures are counted from what happened, each with the cases behind it (V1)', () => {
  const founded = new Map<City, string[]>();
  const findings = new Map<City, string>();
  const declared = new Map<City, string>();
  const evidence = new Map<City, string>();
  /** A kind of evidence that each city asks for; the national text asks for none. */
  const kinds = { zhongwei: 'mlps3', shuozhou: 'toolCertification', wuhai: 'isolation' } as const;

  it('complaints, incidents, findings and evidence as four cities live them', async () => {
    for (const city of cities) {
      const upheld = await complain(city, 'founded', true);
      const none = await complain(city, 'unfounded');
      founded.set(city, [upheld, none].toSorted());
      findings.set(city, await audited(city));
      declared.set(
        city,
        await the.open(disclosurePeople(city).operator, '/v1/incidents', {
          ...{ severity: 'general', class: 'leak', knownAt: '2025-03-03T08:30:00+08:00' },
          ...{ scope: { all: false, resources: [], products: [], bodies: [] }, what: '日志外泄' },
        }),
      );
      if (city !== 'national')
        evidence.set(
          city,
          await atEvidence(the, city).accepted(kinds[city], {
            issuedOn: '2025-03-01',
            validUntil: '2025-03-20',
          }),
        );
    }
    await the.law.goTo('2025-05-20T09:00:00');
    for (const city of cities) {
      for (const number of founded.get(city)!) await the.quiet(number);
      if (city !== 'national') await atEvidence(the, city).round();
    }
    for (const city of cities) await count([...(await toldIn(city)), ...others(city)]);
    expect([...findings.values(), ...declared.values()]).toHaveLength(8);
  });

  it.each(cities)('%s: every source of every indicator has its figure', async (city) => {
    const { all, shown } = await figures(city);
    for (const { indicator, noSource, sources } of all) {
      expect([indicator, noSource]).toEqual([indicator, false]);
      expect(sources.filter((one) => one.noSource)).toEqual([]);
    }
    expect(shown('complaints')).toEqual(['1', 2, founded.get(city)]);
    expect(shown('incidents')).toEqual(['1', 1, [declared.get(city)]]);
    expect(shown('findingsRectified')).toEqual(['1', 1, [findings.get(city)]]);
    expect(shown('evidenceInForce')).toEqual(
      city === 'national' ? ['0', 0, []] : ['1', 2, [evidence.get(city)]],
    );
    expect(shown('workReports')).toEqual(['1', 2, [`${city}-BG-1`, `${city}-BG-2`]]);
    expect(shown('sanctions')).toEqual(['1', 2, [`${city}-CJ-1`, `${city}-CJ-2`]]);
    expect(shown('drillsHeld')).toEqual(['1', 2, [`${city}-YL-1`, `${city}-YL-2`]]);
    expect(shown('disclosuresOnTime')).toEqual(['0', 1, [`${city}-PL-1`]]);
    expect(shown('qualityFeedback')).toEqual(['1', 2, [`${city}-ZL-1`, `${city}-ZL-2`]]);
    expect(shown('demandResponses')).toEqual(['1', 2, [`${city}-XQ-1`, `${city}-XQ-2`]]);
    expect(shown('bulletinsIssued')).toEqual(city === 'zhongwei' ? ['1', 1, ['zhongwei-TB-1']] : undefined);
    // Told again, nothing is counted twice.
    await count([...(await toldIn(city)), ...others(city)]);
    expect((await figures(city)).shown('complaints')).toEqual(['1', 2, founded.get(city)]);
  });

  it('a complaint put to one operator is not another’s; what names none is everybody’s', async () => {
    const [zhongwei] = [founded.get('zhongwei')!];
    const { shown } = await figures('zhongwei', 'another');
    expect(shown('complaints')).toEqual(['0', 1, [expect.any(String)]]);
    expect(zhongwei).toContain((shown('complaints') as [string, number, string[]])[2][0]);
    expect(shown('workReports')).toEqual(['0', 1, ['zhongwei-BG-3']]);
    expect(shown('qualityFeedback')).toEqual(['1', 2, ['zhongwei-ZL-1', 'zhongwei-ZL-2']]);
  });

  it('sabotage: a type that is not listened to is seen in the figures', async () => {
    const deaf: typeof factsTold = (event) =>
      event.type.endsWith('complaint.closed.v1') ? [] : factsTold(event);
    await sql`delete from registry.evaluation_fact where jurisdiction = 'wuhai' and source = 'complaints'`.execute(
      the.db,
    );
    await count(await toldIn('wuhai'), deaf);
    expect((await figures('wuhai')).shown('complaints')).not.toEqual(['1', 2, founded.get('wuhai')]);
    await count(await toldIn('wuhai'));
    expect((await figures('wuhai')).shown('complaints')).toEqual(['1', 2, founded.get('wuhai')]);
  });
});
