/** Evidence with expiry as tests play it: submitted, answered, and looked at on the days its Schedules stand for. */
import { createLookAtEvidence } from '@gongshu/activities/disclosure/look-at-evidence';
import type { EvidenceTables } from '@gongshu/infra/platform-evidence/tables';
import type { Kysely } from 'kysely';
import { type Disclosure, disclosurePeople } from './disclosure.ts';

type Answered = { status: number; [key: string]: any };

export const atEvidence = (the: Disclosure, city: string) => {
  const db = the.db as unknown as Kysely<EvidenceTables>;
  const who = disclosurePeople(city);
  let papers = 0;
  const paper = (organisation = 'operator') => {
    papers += 1;
    return the.upload(city, organisation, `证明 ${papers}`);
  };
  const submit = async (
    kind: string,
    dates: object,
    by: Parameters<Disclosure['call']>[0] = who.operator,
  ) => {
    const organisation = by?.organisation ?? 'operator';
    const body = { kind, document: await paper(organisation), ...dates };
    const answer = await the.call(by, 'POST', '/v1/evidence', body);
    return { status: answer.statusCode, ...answer.json<object>() } as Answered;
  };
  const decide = async (evidence: string, outcome: 'accept' | 'return', more: object = {}) => {
    const answer = await the.call(who.bureau, 'POST', `/v1/evidence/${evidence}/decision`, {
      outcome,
      ...more,
    });
    return { status: answer.statusCode, ...answer.json<object>() } as Answered;
  };
  /** Submitted and accepted on the day the law's clock shows; its number. */
  const accepted = async (
    kind: string,
    dates: object,
    by?: Parameters<Disclosure['call']>[0],
  ): Promise<string> => {
    const one = await submit(kind, dates, by);
    if (one.status !== 201) throw new Error(`${one.status} ${one['code']}`);
    const answer = await decide(one['evidence'], 'accept');
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer['code']}`);
    return one['evidence'];
  };
  /** A mandate that runs: without one its evidence orders nothing. */
  const mandate = (agreement: string, operator = 'operator') =>
    db
      .insertInto('operator_mandate')
      .values({ agreement, jurisdiction: city, operator, from_on: '2024-01-15', ended_at: null })
      .execute();
  const look = createLookAtEvidence(the.activityDeps);
  /** What the Schedules start that are due by now; answers how many stood due. */
  const round = async (): Promise<number> => {
    const due = await db
      .selectFrom('evidence_due')
      .select(['jurisdiction', 'operator', 'kind'])
      .where('jurisdiction', '=', city)
      .where('state', '=', 'ahead')
      .where('opens_at', '<=', new Date(await the.law.now()))
      .orderBy('opens_at')
      .execute();
    for (const of of due) await look(of);
    return due.length;
  };
  /** Kinds of events told of a kind, in their order. */
  const story = async (kind: string): Promise<string[]> => {
    const rows = await db
      .selectFrom('outbox' as never)
      .select('type' as never)
      .where('aggregateid' as never, '=', `evidence-${city}-operator-${kind}` as never)
      .orderBy('aggregate_version' as never)
      .execute();
    return (rows as { type: string }[]).map(({ type }) => type.replace(/^evidence\.|\.v1$/g, ''));
  };
  const told = (kind: string, type: string) =>
    the.told(`evidence-${city}-operator-${kind}`, `evidence.${type}.v1`);
  const standing = async (kind: string): Promise<Record<string, unknown> | undefined> =>
    (await the.call(who.bureau, 'GET', '/v1/evidence'))
      .json<{ items: Record<string, unknown>[] }>()
      .items.find((one) => one['kind'] === kind);
  return { who, db, mandate, paper, submit, decide, accepted, look, round, story, told, standing };
};
