/** Evaluations of an agreement that is in force, as tests need it: bodies that are asked, and the acts in their order. */
import { startProcedures, peopleOf, type Procedures } from './procedures.ts';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { foresee } from '@gongshu/infra/evaluations/due';
import type { Indicator } from '@gongshu/shared/packs/topics/evaluation';
import { withoutSource } from '@gongshu/shared/evaluation/sources';

export type Evaluations = Awaited<ReturnType<typeof startEvaluations>>;
const packs = loadPacks();
const operators = { national: 'op-n', zhongwei: 'op-z', shuozhou: 'op-s', wuhai: 'op-w' } as const;
export type EvaluationCity = keyof typeof operators;

/** The people of a city; its merchant and its operator are bodies of their own. */
export const cityOf = (city: EvaluationCity) =>
  ({
    ...peopleOf(city),
    operator: { roles: ['operator'], organisation: 'operator', jurisdiction: city },
    merchant: { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: city },
    county: { roles: ['countyBureau'], organisation: 'county-bureau', jurisdiction: city },
  }) as const;

/** The marks that a city's pack asks for: nothing for what has no source. */
export const marksOf = (city: EvaluationCity, mark = '80'): Record<string, string> => {
  const rules = valuesOf(packs.resolve(city), 'evaluation');
  const without = withoutSource(rules);
  return Object.fromEntries(
    rules.indicators.filter((one: Indicator) => !without.includes(one)).map((one) => [one, mark]),
  );
};
export const dimensionsOf = (city: EvaluationCity): Record<string, string> => {
  const { dimensions } = valuesOf(packs.resolve(city), 'evaluation');
  return dimensions === 'none' ? {} : Object.fromEntries(dimensions.map((one) => [one, '75.5']));
};

export const startEvaluations = async (cities: readonly EvaluationCity[]) => {
  const the: Procedures = await startProcedures(cities);
  const db = the.db as unknown as Kysely<any>;
  for (const city of cities) {
    const { bureau } = cityOf(city);
    const parties = [
      { id: 'operator', kind: 'operator', name: '示例运营公司' },
      { id: 'merchant-1', kind: 'merchant', name: '示例数商公司' },
      { id: 'county-bureau', kind: 'countyBureau', name: '示例县数据局', level: 'county', county: '示例县' },
    ];
    const { status, code } = await the.post(bureau, '/v1/parties/imports', { parties });
    if (status !== 201) throw new Error(`parties of ${city}: ${code}`);
    await sql`
      insert into merchant (jurisdiction, organisation, standing, since)
      values (${city}, 'merchant-1', 'enrolled', '2024-01-01')`.execute(db);
  }
  let agreements = 0;
  /** An agreement that came into force on a day, as its own lifecycle leaves it, with the years it has before it. */
  const agreement = async (city: EvaluationCity, from: string, until: string): Promise<string> => {
    agreements += 1;
    const caseNo = `${packs.resolve(city).areaCode}-YY-2024-${String(900_000 + agreements)}`;
    const { exit } = valuesOf(packs.resolve(city), 'operatingAgreement');
    const at = new Date(`${from}T10:00:00+08:00`);
    await sql`
      insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version,
        entries, opened_by, opened_at)
      values (${caseNo}, 'operatingAgreement', ${city}, 'city-bureau', 'v', ${JSON.stringify({ rules: { exit } })},
        'inForce', '{}', 'none', 1, 'a', ${at})`.execute(db);
    await db
      .transaction()
      .execute((trx) =>
        foresee(
          trx as never,
          { agreement: caseNo, jurisdiction: city, operator: 'operator', from, until },
          { months: 12, at: at.getTime() },
        ),
      );
    return caseNo;
  };
  const post = (who: Parameters<Procedures['post']>[0], caseNo: string, path: string, body: object = {}) =>
    the.post(who, `/v1/evaluations/${caseNo}/${path}`, body);
  /** A refusal whole: code, article, pointers. */
  const refused = async (who: Parameters<Procedures['post']>[0], url: string, body: object) => {
    const answer = await the.call(who, 'POST', url, body);
    const {
      code,
      article,
      errors = [],
    } = answer.json<{
      code: string;
      article?: { article: string };
      errors?: { pointer: string }[];
    }>();
    return {
      ...{ status: answer.statusCode, code, article: article?.article },
      pointers: errors.map(({ pointer }) => pointer),
    };
  };
  const done = async (what: Promise<{ status: number; code: string | undefined }>): Promise<void> => {
    const { status, code } = await what;
    if (status !== 200) throw new Error(`${status} ${code}`);
  };
  const document = (city: EvaluationCity, organisation: string, title: string) =>
    the.upload(city, organisation, title);
  /** Opened, everyone asked, the operator heard, and marked: a result may be proposed. */
  const marked = async (
    city: EvaluationCity,
    given: { agreement: string; year: number; until: string },
    path?: string,
  ): Promise<string> => {
    const { bureau, merchant } = cityOf(city);
    const { agreement: no, year, until } = given;
    const caseNo = await the.open(bureau, '/v1/evaluations', { agreement: no, year }, path);
    const rules = valuesOf(packs.resolve(city), 'evaluation');
    const [role] = rules.evaluatedBy.with ?? [];
    if (role !== undefined)
      await done(
        post(bureau, caseNo, 'participants', {
          participants: [{ organisation: 'dept-transport', role }],
          document: await document(city, 'city-bureau', '会同评估函'),
        }),
      );
    await done(post(bureau, caseNo, 'questionnaires', { until }));
    const [question = ''] = rules.indicators;
    await done(
      post(merchant, caseNo, 'questionnaires/answers', { scores: { [question]: '90' }, words: '服务及时' }),
    );
    await done(post(bureau, caseNo, 'questionnaires/closing'));
    await done(post(bureau, caseNo, 'scores', { marks: marksOf(city), dimensions: dimensionsOf(city) }));
    return caseNo;
  };
  /** A result, answered by the operator and kept: it stands at once. */
  const decided = async (city: EvaluationCity, caseNo: string, result: object): Promise<void> => {
    const { bureau, operator } = cityOf(city);
    await done(post(bureau, caseNo, 'result', result));
    await done(
      post(operator, caseNo, 'reply', { document: await document(city, 'operator', `陈述 ${caseNo}`) }),
    );
    await done(post(bureau, caseNo, 'confirmation', result));
    await the.quiet(caseNo);
  };
  const rectified = async (city: EvaluationCity, caseNo: string, what: 'plan' | 'report'): Promise<void> =>
    done(
      post(cityOf(city).operator, caseNo, `rectification-${what}`, {
        document: await document(city, 'operator', `整改 ${what} ${caseNo}`),
      }),
    );
  return { ...the, agreement, act: post, refused, done, document, marked, decided, rectified };
};
