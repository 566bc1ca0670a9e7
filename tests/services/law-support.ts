import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import type { LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
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
  await ensureShippedCalendar(catalog.db as never);
  for (const city of lawCities) {
    for (const [id, kind] of [
      ['city-bureau', 'bureau'],
      ['operator', 'operator'],
    ])
      await sql`insert into body (jurisdiction, id, kind) values (${city}, ${id}, ${kind})`.execute(
        catalog.db,
      );
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

  /** Compiles an entry and takes it through its city's flow until it is open; its number. */
  const openEntry = async (city: LawCity, key: string, change: object = {}): Promise<string> => {
    const { department, bureau } = peopleOf[city];
    const id = await catalog.compile(department, key, change);
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
  return { ...catalog, openEntry };
};
