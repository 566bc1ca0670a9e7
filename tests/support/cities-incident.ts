/** An incident that suspends and restores, over the whole stack: what it stops, for how long, and what runs again (X2, D1). */
import { valuesOf } from '@gongshu/shared/packs/pack';
import { sql } from 'kysely';
import { type City, openEntryOf } from './stack-cities.ts';
import { type Stack, until } from './stack.ts';

const fields = ['站点', '时间'];
const reasons = (code: string) => [{ code, text: '说明' }];

/** What an access under the grant is answered now: `served`, or its refusal with the article it rests on. */
const accessUnder = async (stack: Stack, { jurisdiction, seats }: City, grant: string): Promise<string> => {
  const question = {
    fields: [{ resource: openEntryOf(jurisdiction), fields }],
    ...{ purpose: 'convenienceEnquiry', at: (await stack.now()).toISOString(), by: 'account-7' },
  };
  const { status, body } = await stack.post(seats.operator, `/v1/grants/${grant}/accesses`, question);
  if (status !== 200) throw new Error(`${jurisdiction}: ${status} ${JSON.stringify(body)}`);
  return body.permitted ? 'served' : `${body.code} ${body.article?.article ?? ''}`;
};

/** The entry, whole by every city's text, is supplied; under the grant it is served. */
const supplyEntry = async (stack: Stack, city: City, grant: string): Promise<void> => {
  const { jurisdiction, seats, must, upload } = city;
  await sql`
    update resource set data_quality = '完整', scenario = '公交到站查询'
    where id = ${openEntryOf(jurisdiction)}`.execute(stack.db);
  const document = await upload(seats.bureau, 'catalog');
  const supply = {
    resource: openEntryOf(jurisdiction),
    authorisation: { number: '数授〔2025〕1号', on: '2025-03-03', document },
    ...{ fields, from: '2025-04-01', until: '2026-12-31' },
  };
  await must(seats.bureau, '/v1/supplies', supply, 'catalog');
  const first = await accessUnder(stack, city, grant);
  if (first !== 'served') throw new Error(`${jurisdiction}: ${first}`);
};

const publicly = async ({ jurisdiction, read }: City, product: string): Promise<boolean> =>
  (await read(null, `/v1/products?jurisdiction=${jurisdiction}`)).items.some(
    (one: { product: string }) => one.product === product,
  );

export type IncidentTold = {
  caseNo: string;
  /** Reports that the pack asks for, and how many of them came late. */
  reports: [asked: number, late: number];
  restoredTooEarly: string;
  /** Accesses before the order reached the catalog, while it stood, and after it was lifted. */
  accesses: [before: string, standing: string, after: string];
  listed: [standing: boolean, after: boolean];
  obeyed: string[];
  outcome: string;
  /** Real milliseconds from the answer to the order until an access was refused. */
  refusedAfter: number;
};

/**
 * Declared by the operator and reported within its hours, suspended by the bureau over the entry and the product, put
 * right, restored, looked back on and closed. Each wait for another service is bounded; what is seen then is answered.
 */
export const sufferIncident = async (
  stack: Stack,
  city: City,
  { grant, product }: { grant: string; product: string },
): Promise<IncidentTold> => {
  const { jurisdiction, seats, must, tried, read, upload, pack } = city;
  await supplyEntry(stack, city, grant);
  const scope = { all: false, resources: [openEntryOf(jurisdiction)], products: [product], bodies: [] };
  const at = (await stack.now()).toISOString();
  const opening = { severity: 'major', class: 'platform', knownAt: at, scope, what: '疑似数据泄露' };
  const { caseNo } = await must(seats.operator, '/v1/incidents', opening, 'disclosure');
  const act = (who: 'operator' | 'bureau', path: string, body: object) =>
    must(seats[who], `/v1/incidents/${caseNo}/${path}`, body, 'disclosure');
  const mine = await upload(seats.operator, 'disclosure');
  const theirs = await upload(seats.bureau, 'disclosure');
  await act('operator', 'measures', { measures: reasons('cutOff'), document: mine });
  const { reportTo } = valuesOf(pack, 'incident');
  for (const to of reportTo) await act('operator', 'reports', { to, at, document: mine });

  const before = await accessUnder(stack, city, grant);
  await act('bureau', 'suspension', { scope });
  const ordered = performance.now();
  const standing = await until(
    () => accessUnder(stack, city, grant),
    (answer) => answer !== 'served',
  );
  const refusedAfter = performance.now() - ordered;
  process.stdout.write(
    `${jurisdiction}: an access is refused ${refusedAfter.toFixed()} ms after the order\n`,
  );
  const off = await until(
    () => publicly(city, product),
    (listed) => !listed,
  );
  const early = await tried(
    seats.bureau,
    `/v1/incidents/${caseNo}/restoration`,
    { document: theirs },
    'disclosure',
  );
  await act('bureau', 'rectification', { findings: reasons('weakPassword'), document: theirs });
  await act('operator', 'rectification/report', { document: mine });
  await act('bureau', 'rectification/decision', { outcome: 'accept' });
  await act('bureau', 'restoration', { document: theirs });
  const after = await until(
    () => accessUnder(stack, city, grant),
    (answer) => answer === 'served',
  );
  const back = await until(
    () => publicly(city, product),
    (listed) => listed,
  );
  const { items } = await until(
    () => read(seats.bureau, `/v1/supply-orders?order=${encodeURIComponent(`${caseNo}/1`)}`, 'disclosure'),
    (answers) => answers.items.length === 4,
  );
  await act('operator', 'review', { causes: reasons('human'), document: mine });
  const view = await read(seats.auditor, `/v1/incidents/${caseNo}`, 'disclosure');
  return {
    ...{ caseNo, refusedAfter, outcome: view.outcome, restoredTooEarly: early.body.code },
    reports: [reportTo.length, view.state.reported.filter((one: { late: boolean }) => one.late).length],
    ...{ accesses: [before, standing, after], listed: [off, back] },
    obeyed: items.map((one: any) => `${one.service} ${one.move} ${one.held} ${one.missed.length}`).toSorted(),
  };
};
