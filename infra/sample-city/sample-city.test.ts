import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPacks } from '@gongshu/infra/packs';
import { parseCatalogCsv } from '@gongshu/shared/import/catalog-csv';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { shortfalls } from '@gongshu/shared/resource-flow';
import { isUscc } from '@gongshu/shared/uscc';
import { makeCity, type SampleCity } from './make.ts';

const folder = import.meta.dirname;
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const catalogue = read('catalogue.csv');
const city = JSON.parse(read('city.json')) as SampleCity;
const parsed = parseCatalogCsv(Buffer.from(catalogue), city.import.mapping);
const rows = new Map(parsed.rows.map((row) => [row.key, row]));
const rules = valuesOf(loadPacks().resolve(city.jurisdiction), 'catalog');
const open = city.entries.filter(({ goal }) => goal === 'public');

describe('the sample city', () => {
  it('made again from the source, the files are the same to the byte', () => {
    const made = makeCity();
    expect(made.catalogue).toBe(catalogue);
    expect(made.city).toBe(read('city.json'));
  });

  it('goes through the product’s own import: 1,414 entries, none refused; 15 rows of the source are named as left out', () => {
    expect(parsed).toMatchObject({ total: 1414, errors: [], ignoredColumns: [] });
    expect(parsed.rows).toHaveLength(1414);
    expect(city.leftOut).toHaveLength(15);
    for (const { providerCode } of parsed.rows)
      expect(city.import.organisations).toHaveProperty(providerCode);
  });

  it.each([
    ['the city', /桃[园園市县縣]|[Tt]aoyuan|TAOYUAN|tycg|TYC/],
    [
      'its districts',
      /中[坜壢]|平[镇鎮](?!痛)|八德|大溪|[杨楊]梅|[芦蘆]竹|大[园園](?![区區])|[龟龜]山|[龙龍]潭|新屋(?!主)|[观觀]音|复兴|復興/,
    ],
    [
      'other cities',
      /[台臺]北|新北|[台臺]中[市县]|[台臺]南|高雄|基隆|新竹|嘉[义義]|宜[兰蘭]|苗栗|彰化|南投|[云雲]林|屏[东東]|[台臺][东東]|花[莲蓮]|澎湖|金[门門]|[连連]江/,
    ],
    [
      'the country’s offices',
      /[台臺][湾灣]|中[华華]民[国國]|行政院|内政部|衛生福利部|卫生福利部|[环環]保署|新[台臺][币幣]|全[台臺]|六都/,
    ],
    [
      'well-known places',
      /石[门門]|慈湖|拉拉山|角板山|虎[头頭]山|[乌烏][来來]|大[汉漢]溪|南崁|林口|埔心|青埔|竹[围圍]|永安|草漯|[华華][亚亞]|航空城|老街溪|[长長]庚|敏盛|中央大[学學]|元智/,
    ],
    ['roads', /[环環]北路|中正|[经經][国國]路|[庄莊]敬|[宝寶][庆慶]|延平|中[丰豐]路|[苏蘇]澳/],
  ])('no real name is left: %s', (_, names) => {
    expect(catalogue.match(new RegExp(names, 'g')) ?? []).toEqual([]);
    expect(JSON.stringify(city).match(new RegExp(names, 'g')) ?? []).toEqual([]);
  });

  it('no contact is left: telephone, address on the net, mail, person', () => {
    expect(
      catalogue.match(
        /https?:|www\.|@|\(0\d\)|0\d-\d{6,}|(?<!\d)(?!20)\d{3,4}-\d{4}(?!\d)|[一-龥]{2,3}(?:先生|小姐|女士)/g,
      ) ?? [],
    ).toEqual([]);
  });

  it('simplified characters', () => {
    expect(catalogue.match(/[園區縣鄉鎮業務處資訊統計錄號於與產機關學醫]/g) ?? []).toEqual([]);
  });

  it('attribution stands on one page', () => {
    expect(read('ATTRIBUTION.md')).toContain('政府資料開放授權條款－第1版');
    expect(catalogue + JSON.stringify(city)).not.toMatch(/授权条款|開放授權/);
  });
});

describe('the overlay for demonstration', () => {
  const count = (kind: string) => city.parties.filter((party) => party.kind === kind).length;

  it('bodies with valid, distinct credit codes; 34 source departments, three counties', () => {
    expect(city.parties.filter(({ uscc }) => !isUscc(uscc))).toEqual([]);
    expect(new Set(city.parties.map(({ uscc }) => uscc)).size).toBe(city.parties.length);
    expect(new Set(city.parties.map(({ id }) => id)).size).toBe(city.parties.length);
    const kinds = ['bureau', 'countyBureau', 'sourceDepartment', 'operator', 'merchant'];
    expect(kinds.map(count)).toEqual([1, 3, 34, 1, 2]);
  });

  it('is labelled, entry by entry, and belongs to the list', () => {
    expect(city.overlay).toBe('demonstration');
    for (const entry of city.entries) {
      expect(entry.overlay).toBe('demonstration');
      expect(rows.has(entry.key)).toBe(true);
    }
  });

  it('40 entries of counties, at least 60 graded, some closed, some waiting', () => {
    expect(city.entries.filter(({ level }) => level === 'county')).toHaveLength(40);
    expect(city.entries.filter(({ grade }) => grade !== null).length).toBeGreaterThanOrEqual(60);
    expect(open.length).toBeGreaterThanOrEqual(60);
    expect(city.entries.filter(({ goal }) => goal === 'closed').length).toBeGreaterThanOrEqual(10);
    expect(city.entries.filter(({ goal }) => goal === 'waiting')).toHaveLength(6);
    expect(city.entries.filter(({ consent }) => consent !== null)).toHaveLength(2);
  });

  it('closings give a ground of the Zhongwei pack (C5)', () => {
    const grounds: readonly string[] = [...rules.neverEnters, ...rules.followsOtherLaw];
    for (const { goal, closedReason } of city.entries) {
      expect(goal === 'closed' ? grounds.includes(closedReason ?? '') : closedReason === null).toBe(true);
    }
  });

  it('what is to open lacks nothing of Zhongwei art. 8 and the national norm art. 5', () => {
    const lacking = open.flatMap((entry) => {
      const row = rows.get(entry.key);
      return shortfalls(
        'public',
        {
          ...entry,
          title: row?.title ?? '',
          providerName: row?.providerName ?? '',
          abstract: row?.abstract ?? '',
          fieldNames: row?.fields.map(({ name }) => name) ?? [],
          updateFrequency: row?.updateFrequency ?? null,
          dataQuality: null,
          scenario: null,
          exclusions: [],
          otherLaw: [],
          otherLawBasis: null,
          obtainedBySharing: entry.consent !== null,
          consented: entry.consent !== null,
        },
        rules,
      );
    });
    expect(lacking).toEqual([]);
  });

  it('one application can need source department, county bureau and operator', () => {
    const kindOf = (key: string) => city.entries.find((entry) => entry.key === key)?.reviewer.kind;
    expect(city.applications[0]?.resources.map(kindOf)).toEqual([
      'sourceDepartment',
      'countyAuthority',
      'operator',
    ]);
    const departments = new Set(
      open
        .filter(({ reviewer }) => reviewer.kind === 'sourceDepartment')
        .map(({ reviewer }) => reviewer.organisation),
    );
    expect(departments.size).toBeGreaterThanOrEqual(3);
  });
});
