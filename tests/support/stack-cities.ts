/** Five cities on one installation, each with its own bodies: ours, the nation as a city, and one made up in YAML alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@gongshu/infra/database';
import { lawNow } from '@gongshu/infra/law-clock';
import { installedPacks } from '@gongshu/infra/packs';
import { openingAct } from '@gongshu/infra/procedures/hand';
import { registrationFolder } from '@gongshu/service-catalog/resources/registration-port';
import { seedResources } from '@gongshu/service-catalog/resources/resource-seed';
import type { ResourceTables } from '@gongshu/service-catalog/tables/resource';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { LoadedPack } from '@gongshu/shared/packs/resolve';
import { resourceNo } from '@gongshu/shared/resource';
import type { SampleFile } from './documents.ts';
import { usccNo } from './onboardings.ts';
import { type Answer, type Seat, type Stack, until } from './stack.ts';

export const cityNames = ['national', 'zhongwei', 'shuozhou', 'wuhai', 'lanting'] as const;
export type CityName = (typeof cityNames)[number];
export const fifthCity = join(import.meta.dirname, '../fifth-city');
export const allPacks = installedPacks({ mode: 'development', folder: fifthCity });

const parties = [
  { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
  { id: 'city-government', kind: 'government', name: '示例市人民政府', level: 'city' },
  { id: 'dept-transport', kind: 'sourceDepartment', name: '示例市交通局', level: 'city' },
  { id: 'dept-health', kind: 'sourceDepartment', name: '示例市卫健委', level: 'city' },
  ...[1, 2, 3].map((n) => ({
    id: `bidder-${n}`,
    kind: 'bidder',
    name: `示例运营${n}公司`,
    uscc: usccNo(100 + n),
  })),
  { id: 'merchant-1', kind: 'merchant', name: '示例数商', uscc: usccNo(1) },
  { id: 'price-office', kind: 'price', name: '示例市发展改革委' },
  { id: 'finance-office', kind: 'finance', name: '示例市财政局' },
] as const;

type CityService = 'registry' | 'catalog' | 'pricing' | 'disclosure';

/** What the service wrote to its log of a fault of its own. */
const faultIn = ({ folder }: Stack, service: string, { status, body }: Answer): string => {
  if (status < 500) return '';
  const lines = readFileSync(join(folder, `${service}.log`), 'utf8').split('\n');
  return `\n${lines
    .filter((one) => one.includes(body?.traceId))
    .join('\n')
    .slice(0, 3_000)}`;
};

/** One city: its people, its law, and short ways to act and read as one of them. */
export type City = ReturnType<typeof cityOn>;

export const cityOn = (stack: Stack, jurisdiction: CityName) => {
  const pack: LoadedPack = allPacks.resolve(jurisdiction);
  const seat = (role: Seat['role'], organisation: string): Seat => ({ role, organisation, jurisdiction });
  const seats = {
    bureau: seat('bureau', 'city-bureau'),
    government: seat('government', 'city-government'),
    department: seat('sourceDepartment', 'dept-transport'),
    health: seat('sourceDepartment', 'dept-health'),
    auditor: seat('auditor', 'audit-office'),
    price: seat('price', 'price-office'),
    finance: seat('finance', 'finance-office'),
    merchant: seat('merchant', 'merchant-1'),
    bidder: (n: number) => seat('bidder', `bidder-${n}`),
    expert: (organisation: string, subject: string): Seat => ({ ...seat('expert', organisation), subject }),
    /** The bidder that won, once its mandate runs. */
    operator: seat('operator', 'bidder-1'),
  };
  /** Asks until it holds, or the one who asks may not see it. */
  const settled = (who: Seat, path: string, service: CityService, holds: (body: any) => boolean) =>
    until(
      () => stack.get(who, path, service),
      ({ status, body }) => status !== 200 || holds(body),
    );
  /**
   * Posts to the registry, and throws where it is not taken. Where Temporal was slow to answer it waits until the act is
   * delivered, and until a case that was opened stands with its first entries: what follows rests on both.
   */
  const must = async (who: Seat, path: string, body: unknown = {}, service: CityService = 'registry') => {
    const answer = await stack.post(who, path, body, { service });
    if (answer.status >= 300)
      throw new Error(
        `${jurisdiction} ${path}: ${answer.status} ${JSON.stringify(answer.body)}${faultIn(stack, service, answer)}`,
      );
    const { receipt, act } = answer.body ?? {};
    const taken = answer.status === 202 && typeof receipt === 'string';
    if (taken) await settled(who, `/v1/receipts/${receipt}`, service, ({ state }) => state !== 'taken');
    const opened = act === openingAct ? answer.headers.get('location') : null;
    if (opened) await settled(who, opened, service, ({ entries }) => entries?.length !== 0);
    return answer.body;
  };
  const tried = (
    who: Seat,
    path: string,
    body: unknown = {},
    service: CityService = 'registry',
  ): Promise<Answer> => stack.post(who, path, body, { service });
  const read = async (who: Seat | null, path: string, service: CityService = 'registry') => {
    const { status, body } = await stack.get(who, path, service);
    if (status !== 200) throw new Error(`${jurisdiction} ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    ...{ jurisdiction, pack, seats, must, tried, read },
    upload: (who: Seat, service: CityService = 'registry', file?: SampleFile) =>
      stack.upload(who, service, file),
  };
};

/** The number of the one entry of a city that is open to applications. */
export const openEntryOf = (jurisdiction: CityName): string =>
  resourceNo(allPacks.resolve(jurisdiction).areaCode, 'C1', '');

/** Bodies over REST, heard of by the catalog; one public entry of the transport department in each city. */
export const bringCities = async (stack: Stack): Promise<Record<CityName, City>> => {
  const cities = Object.fromEntries(cityNames.map((name) => [name, cityOn(stack, name)])) as Record<
    CityName,
    City
  >;
  for (const { seats, must } of Object.values(cities))
    await must(seats.bureau, '/v1/parties/imports', { parties });
  await until(
    () => stack.db.selectFrom('body').select('id').where('kind', '=', 'bureau').execute(),
    (bodies) => bodies.length === cityNames.length,
  );
  const db = connect<ResourceTables>(stack.urls['database'] ?? '', { schema: 'catalog', max: 2 });
  try {
    for (const jurisdiction of cityNames) {
      const { flow, entryContents } = valuesOf(allPacks.resolve(jurisdiction), 'catalog');
      // A list names no scenario; where the text asks for one, people add it, as is told elsewhere.
      const whole = flow.some(({ step }) => step === 'published') && !entryContents.includes('scenario');
      const goal = whole ? 'public' : 'waiting';
      const report = await seedResources(
        { db, packs: allPacks, registration: registrationFolder(join(stack.folder, 'registration')) },
        {
          jurisdiction,
          bytes: Buffer.from(
            '编号,名称,部门,摘要,信息项,频率\nC1,公交到站记录,A01 【示例市交通局】,按站按次,站点、时间,每日\n',
          ),
          import: {
            mapping: {
              name: '示例清单',
              columns: {
                ...{ key: '编号', title: '名称', provider: '部门', abstract: '摘要', fields: '信息项' },
                updateFrequency: '频率',
              },
            } as never,
            organisations: { A01: 'dept-transport' },
          },
          entries: [
            {
              ...{ key: 'C1', goal, level: 'city', authority: null, classification: '交通' },
              ...{ grade: '一般数据1级', personalFields: [], closedReason: null, consent: null },
              reviewer: { kind: 'sourceDepartment', organisation: 'dept-transport' },
            },
          ],
        },
        { id: 'journey', bureau: 'city-bureau', at: await lawNow(db) },
      );
      if (report?.created !== 1) throw new Error(`${jurisdiction}: ${JSON.stringify(report)}`);
    }
    // Nor does anybody wait here for the registration platform.
    await db.updateTable('resource').set({ state: 'public' }).where('state', '<>', 'public').execute();
  } finally {
    await db.destroy();
  }
  return cities;
};
