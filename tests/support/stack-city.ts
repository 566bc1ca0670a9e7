import { connect } from '@gongshu/infra/database';
import { lawNow } from '@gongshu/infra/law-clock';
import { loadPacks } from '@gongshu/infra/packs';
import { readSampleCity } from '@gongshu/infra/sample-city';
import { registrationFolder } from '@gongshu/service-catalog/resources/registration-port';
import { type SampleOverlay, seedResources } from '@gongshu/service-catalog/resources/resource-seed';
import type { ResourceTables } from '@gongshu/service-catalog/tables/resource';
import { resourceNo } from '@gongshu/shared/resource';

/** The bodies that review in journeys, each for one entry. */
export const reviewers = ['dept-health', 'county-bureau-1', 'operator'] as const;
export type Reviewer = (typeof reviewers)[number];

const kindOf: Record<Reviewer, SampleOverlay['reviewer']['kind']> = {
  'dept-health': 'sourceDepartment',
  'county-bureau-1': 'countyAuthority',
  operator: 'operator',
};
const keyOf: Record<Reviewer, string> = { 'dept-health': 'J1', 'county-bureau-1': 'J2', operator: 'J3' };

/** The number of the entry that a body reviews. */
export const entryOf = (reviewer: Reviewer): string =>
  resourceNo(loadPacks().resolve('zhongwei').areaCode, keyOf[reviewer], '');

const overlay = (reviewer: Reviewer): SampleOverlay => {
  const county = reviewer === 'county-bureau-1';
  return {
    key: keyOf[reviewer],
    goal: 'public',
    level: county ? 'county' : 'city',
    authority: county ? reviewer : null,
    classification: '卫生健康',
    grade: '一般数据1级',
    reviewer: { kind: kindOf[reviewer], organisation: reviewer },
    personalFields: [],
    closedReason: null,
    consent: null,
  };
};

/** The sample city's bodies, as they are registered over REST. */
export const parties = () => readSampleCity().city.parties;

/** Three public entries, one a kind of reviewer, brought in by import and flow as the sample city's are. */
export const seedEntries = async (databaseUrl: string, folder: string): Promise<void> => {
  const { city, catalogue } = readSampleCity();
  const [header = ''] = catalogue.toString('utf8').split('\n', 1);
  const [code = ''] = Object.entries(city.import.organisations).find(([, id]) => id === 'dept-health') ?? [];
  const rows = reviewers.map(
    (reviewer) =>
      `${keyOf[reviewer]},诊疗统计${keyOf[reviewer]},${code} 【示例市卫生健康局】,按月汇总,机构、人次,每月,CSV,2024-02-11,就医`,
  );
  const db = connect<ResourceTables>(databaseUrl, { schema: 'catalog', max: 2 });
  try {
    await seedResources(
      { db, packs: loadPacks(), registration: registrationFolder(folder) },
      {
        jurisdiction: city.jurisdiction,
        bytes: Buffer.from(`${[header.trim(), ...rows].join('\n')}\n`),
        import: city.import,
        entries: reviewers.map(overlay),
      },
      { id: 'journey', bureau: 'city-bureau', at: await lawNow(db) },
    );
  } finally {
    await db.destroy();
  }
};
