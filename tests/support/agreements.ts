/** Agreements as tests make them: what a city's pack asks of one, and the way from a selection to signature. */
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { sql } from 'kysely';
import { peopleOf, type Procedures } from './procedures.ts';

const packs = loadPacks();
export const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
export type City = (typeof cities)[number];

/** Every item the city's pack names; the core annex with its document. */
export const contentsOf = (city: string, annex?: string) => {
  const { contents } = valuesOf(packs.resolve(city), 'operatingAgreement');
  return {
    title: '公共数据资源授权运营协议',
    items: Object.fromEntries(
      contents.map(({ item }) => [
        item,
        { text: `关于${item}的约定`, documents: item === 'operatingPlan' && annex ? [annex] : [] },
      ]),
    ),
  };
};

/** Bodies that agreements need beside those every test has. */
export const registerOperators = async (the: Procedures, city: string): Promise<void> => {
  const parties = ['operator', 'operator-2', 'operator-3'].map((id) => ({
    ...{ id, kind: 'operator', name: `示例运营公司${id}` },
  }));
  const { status, code } = await the.post(peopleOf(city).bureau, '/v1/parties/imports', { parties });
  if (status !== 201) throw new Error(`operators of ${city}: ${code}`);
};

let selections = 0;
/** A selection that ended with a winner, as its tables hold it: how it went there is told elsewhere. */
export const selected = async (
  the: Procedures,
  city: string,
  {
    winner = 'operator',
    mandate = { mode: 'whole', fields: [] as string[], scenarios: [] as string[] },
    termMonths = 36,
    outcome = 'selected' as string | null,
  } = {},
): Promise<string> => {
  selections += 1;
  const caseNo = `999999-LX-2024-${String(selections).padStart(6, '0')}`;
  const start = { facts: { plan: '999999-FA-2024-000001', mandate: { ...mandate, termMonths } } };
  await sql`
    insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, outcome, state,
      calendar_version, entries, opened_by, opened_at, ended_at)
    values (${caseNo}, 'selection', ${city}, 'city-bureau', 'v', ${JSON.stringify(start)}, 'done', ${outcome},
      ${JSON.stringify({ winner: outcome === null ? null : winner })}, 'v', 1, 'someone', now(),
      ${outcome === null ? null : new Date()})`.execute(the.db);
  return caseNo;
};

let evaluations = 0;
/** An evaluation of an agreement that has ended so, as its tables hold it. */
export const evaluated = async (
  the: Procedures,
  city: string,
  agreement: string,
  { stage = 'done', outcome = 'passed' as string | null } = {},
): Promise<string> => {
  evaluations += 1;
  const caseNo = `999999-PG-2024-${String(evaluations).padStart(6, '0')}`;
  await sql`
    insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, outcome, state,
      calendar_version, entries, opened_by, opened_at, ended_at)
    values (${caseNo}, 'evaluation', ${city}, 'city-bureau', 'v', ${JSON.stringify({ facts: { agreement } })},
      ${stage}, ${outcome}, ${JSON.stringify({ stage })}, 'v', 1, 'someone', now(), now())`.execute(the.db);
  return caseNo;
};

/** What the city asks of a draft beside its contents. */
export const draftOf = async (the: Procedures, city: string): Promise<Record<string, unknown>> => {
  const annex = await the.upload(city, 'city-bureau', '运营方案');
  return {
    contents: contentsOf(city, annex),
    ...(city === 'shuozhou' && { termSetters: ['dept-transport'] }),
  };
};

/** Drafts from a selection and does all that comes before the signatures; the case and the hash to sign. */
export const drafted = async (
  the: Procedures,
  city: string,
  given: Parameters<typeof selected>[2] & { draft?: Record<string, unknown>; path?: string } = {},
): Promise<{ caseNo: string; hash: string }> => {
  const { bureau, department } = peopleOf(city);
  const selection = await selected(the, city, given);
  const body = { selection, ...(await draftOf(the, city)), ...given.draft };
  const caseNo = await the.open(bureau, '/v1/operating-agreements', body, given.path);
  const months = given.termMonths ?? 36;
  if (city === 'national') {
    const document = await the.upload(city, 'city-bureau', '征求意见汇总');
    const { caseNo: no } = { caseNo };
    const opened = await the.row(no);
    const on = opened.opened_at.toISOString().slice(0, 10);
    await must(the, bureau, caseNo, 'consultation', { on, document });
  }
  if (city === 'shuozhou') await must(the, department, caseNo, 'term-confirmation', { months });
  return { caseNo, hash: await hashOf(the, city, caseNo) };
};

export const hashOf = async (
  the: Procedures,
  city: string,
  caseNo: string,
  version?: number,
): Promise<string> => {
  const query = version === undefined ? '' : `?version=${version}`;
  const answer = await the.call(
    peopleOf(city).bureau,
    'GET',
    `/v1/operating-agreements/${caseNo}/document${query}`,
  );
  return answer.json<{ hash: string }>().hash;
};

type Who = Parameters<Procedures['post']>[0];
export const act = (the: Procedures, who: Who, caseNo: string, path: string, body: object = {}) =>
  the.post(who, `/v1/operating-agreements/${caseNo}/${path}`, body);

/** The same where anything but its success is a fault of the test. */
export const must = async (
  the: Procedures,
  who: Who,
  caseNo: string,
  path: string,
  body: object = {},
): Promise<void> => {
  const { status, code } = await act(the, who, caseNo, path, body);
  if (status !== 200) throw new Error(`${path}: ${status} ${code}`);
};

/** Signed by the bureau and the operator: in force from now. */
export const signedBoth = async (
  the: Procedures,
  city: string,
  caseNo: string,
  hash: string,
  operator = 'operator',
) => {
  const { bureau } = peopleOf(city);
  await must(the, bureau, caseNo, 'signature', { hash });
  await must(the, { ...peopleOf(city).operator, organisation: operator }, caseNo, 'signature', { hash });
};

export const inForce = async (
  the: Procedures,
  city: string,
  given: Parameters<typeof drafted>[2] = {},
): Promise<string> => {
  const { caseNo, hash } = await drafted(the, city, given);
  await signedBoth(the, city, caseNo, hash, given.winner);
  return caseNo;
};

export const handOverItems = [
  'dataReturnedOrDestroyed',
  'keysRevoked',
  'productsSettled',
  'runningGrants',
  'assetsSettled',
  'recordsHandedOver',
] as const;
/** Every item of the list, each with its evidence, by the operator. */
export const handOver = async (the: Procedures, city: string, caseNo: string, organisation = 'operator') => {
  for (const item of handOverItems) {
    const document = await the.upload(city, organisation, `${caseNo} ${item}`);
    await must(the, { ...peopleOf(city).operator, organisation }, caseNo, 'hand-over', { item, document });
  }
};
