// Rows S1–S4, C6, C7, M3, M5, X1, X2, X4, X5 of four cities and a made-up fifth: which rule fills a cell, and how.
import { join } from 'node:path';
import { readTable } from '@gongshu/cli/packs';
import { installedPacks, loadPacks, readPackFiles, sha256 } from '@gongshu/infra/packs';
import { articleNumber, articlesNamed } from '@gongshu/shared/packs/article';
import { assemblePacks } from '@gongshu/shared/packs/assemble';
import type { ResolvedRule } from '@gongshu/shared/packs/pack';
import { packSetOf } from '@gongshu/shared/packs/resolve';
import { rowsOf } from '@gongshu/shared/packs/topic';
import { type TopicName, keysOf, topics } from '@gongshu/shared/packs/topics';
import { cellsWithoutTopic, isFilled } from '@gongshu/shared/packs/table';
import { faultsOf, withChange } from './sabotage.ts';

const packs = loadPacks();
const fifth = installedPacks({ mode: 'development', folder: join(import.meta.dirname, '../fifth-city') });
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'];
const table = readTable();
const notice = '国家数据局综合司关于做好公共数据资源授权运营信息披露工作的通知';

/** By row: the topic that fills it, and its rule that every filled cell cites. */
const rows = {
  S1: ['disclosure', 'implementingBody'],
  S2: ['disclosure', 'operator'],
  S3: ['bulletin', 'figures'],
  S4: ['complaint', 'handledBy'],
  C6: ['qualityFeedback', 'handled'],
  C7: ['demandResponse', 'coordinatedBy'],
  M3: ['workReport', 'merchants'],
  M5: ['workReport', 'work'],
  X1: ['sanction', 'kinds'],
  X2: ['incident', 'contingencyPlans'],
  X4: ['platformEvidence', 'required'],
  X5: ['audit', 'kinds'],
} as const satisfies Record<string, readonly [TopicName, string]>;
type RowName = keyof typeof rows;
const topicNames = [...new Set(Object.values(rows).map(([name]) => name))];
const fileOf = (name: string) => `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.yaml`;

const cells = (Object.keys(rows) as RowName[]).flatMap((id) =>
  cities.map((city) => ({ id, city, cell: table.find((row) => row.id === id)?.cells[city] ?? '-' })),
);
const filled = cells.filter(({ cell }) => isFilled(cell));
const rulesOn = (city: string, id: string): ResolvedRule[] =>
  Object.values(packs.resolve(city).rules)
    .flatMap((rules) => Object.values(rules))
    .filter(({ row, from }) => row === id && from === city);
describe('the public side: every filled cell stands in its pack', () => {
  it.each(filled)('$id $city by each article of its cell: $cell', ({ id, city, cell }) => {
    const cited = rulesOn(city, id).flatMap(({ basis }) =>
      basis.kind === 'cite'
        ? [basis, ...(basis.also ?? [])].flatMap(({ article }) => articleNumber(article) ?? [])
        : [],
    );
    expect(cited).toEqual(expect.arrayContaining(articlesNamed(cell)));
  });

  it.each(filled)('$id $city is enforced, save what the nation only says of quality', ({ id, city }) => {
    const [name, key] = rows[id];
    const rule = packs.resolve(city).rules[name]?.[key];
    const force = id === 'C6' && city === 'national' ? 'says' : 'must';
    expect(rule).toMatchObject({ row: id, force, from: city, basis: { kind: 'cite' } });
  });

  /** Every filled cell's rule in other words, all at once. */
  const allAs = (words: (rule: ResolvedRule) => string) => {
    const changed = new Map(readPackFiles().map(({ path, text }) => [path, text]));
    for (const { id, city } of filled) {
      const [name, key] = rows[id];
      const path = `${city}/${fileOf(name)}`;
      const rule = packs.resolve(city).rules[name]?.[key];
      const block = new RegExp(`(  ${key}:)\\n(?: {4}.*\\n)+`);
      changed.set(path, changed.get(path)!.replace(block, `$1${words(rule!)}\n`));
    }
    return faultsOf([...changed].map(([path, text]) => ({ path, text })));
  };
  const silently = ({ value }: ResolvedRule) =>
    `\n    value: ${JSON.stringify(value)}\n    silent: nothing said`;
  const reasons = (told: ReturnType<typeof faultsOf>) => told.map(({ file, reason }) => `${file} ${reason}`);

  it('sabotage: each filled cell in silence is refused by name', () => {
    const told = reasons(allAs(silently));
    for (const { id, city } of filled)
      expect(told).toContainEqual(
        expect.stringContaining(
          `${city}/${fileOf(rows[id][0])} rules.${rows[id][1]} is silent, and ${id} of ${city} is filled`,
        ),
      );
  });

  it('sabotage: each filled cell of a city left to the nation is refused by name', () => {
    const told = reasons(
      allAs((rule) => (rule.from === 'national' ? silently(rule) : ' { inherits: national }')),
    );
    for (const { id, city } of filled.filter((cell) => cell.city !== 'national'))
      expect(told).toContainEqual(
        expect.stringContaining(
          `${city}/${fileOf(rows[id][0])} rules.${rows[id][1]} is inherited, and ${id} of ${city} is filled`,
        ),
      );
  });

  it.each(cells.filter(({ cell }) => !isFilled(cell)))(
    '$id $city is empty: the text is not cited for it, the national reading runs it',
    ({ id, city }) => {
      const [name, key] = rows[id];
      const own = rulesOn(city, id).filter(
        ({ basis }) => basis.kind !== 'cite' || basis.instrument !== notice,
      );
      expect(own).toEqual([]);
      expect(packs.resolve(city).rules[name]?.[key]?.from).toBe('national');
    },
  );

  it('without their files the cells stand without a rule', () => {
    const gone = new Set(topicNames.map(fileOf));
    const without = readPackFiles().filter(({ path }) => !gone.has(path.slice(path.indexOf('/') + 1)));
    const left = assemblePacks(without).packs;
    /** Rows that other topics speak to as well: what is reported, of merchants and of work. */
    const elsewhere = new Set(
      (Object.keys(topics) as TopicName[])
        .filter((name) => !topicNames.some((own) => own === name))
        .flatMap((name) => Object.values(keysOf(name)).flatMap(rowsOf)),
    );
    expect(filled.some(({ id }) => !elsewhere.has(id))).toBe(true);
    for (const city of cities) {
      const missing = cellsWithoutTopic(left.get(city)!, table);
      const own = filled
        .filter((cell) => cell.city === city && !elsewhere.has(cell.id))
        .map(({ id }) => `${id} ${city}`);
      expect(missing).toEqual(expect.arrayContaining(own));
    }
  });

  it.each(topicNames)('%s: every key is answered in every city, the county and the fifth too', (name) => {
    for (const pack of [...packs.jurisdictions.map((city) => packs.resolve(city)), fifth.resolve('lanting')])
      expect(Object.keys(pack.rules[name] ?? {}).toSorted()).toEqual(Object.keys(keysOf(name)).toSorted());
  });

  it.each(topicNames)('%s: what is silent where the text speaks says where it searched', (name) => {
    for (const city of cities)
      for (const [key, rule] of Object.entries(packs.resolve(city).rules[name] ?? {})) {
        const spoken = rowsOf(keysOf(name)[key]!).some((row) =>
          isFilled(table.find(({ id }) => id === row)?.cells[city]),
        );
        if (rule.from !== city || rule.basis.kind !== 'silent' || !spoken) continue;
        expect([key, rule.basis.searched.length > 0]).toEqual([key, true]);
      }
  });
});

/** A city's text of which the pack cites words for departments that are heard on a complaint, without those words. */
const heardWithoutWords = (pack: ReturnType<typeof packs.resolve>): string[] =>
  Object.entries(pack.rules.complaint ?? {}).flatMap(([key, { value, basis }]) =>
    JSON.stringify(value).includes('departmentsConcerned') &&
    basis.kind === 'cite' &&
    ![basis, ...(basis.also ?? [])].some(({ quote }) => quote?.includes('会同'))
      ? [key]
      : [],
  );
describe('[S4] departments are heard by an article where the text says so (会同), elsewhere by a reading', () => {
  const city = (name: string) => [name, packs.resolve(name)] as const;
  it.each([...cities.map(city), ['lanting', fifth.resolve('lanting')] as const])('%s', (name, pack) => {
    expect(heardWithoutWords(pack)).toEqual([]);
    expect(pack.rules.complaint?.['handledWith']?.basis.kind).toBe(name === 'wuhai' ? 'cite' : 'silent');
  });

  it('sabotage: cited for words on supervision alone it is found', () => {
    const files = withChange(
      'national/complaint.yaml',
      /( {2}handledWith:\n.*\n) {4}silent: .*\n.*\n/,
      '$1    row: S4\n    force: must\n    cite: { article: 十八, quote: 接受社会监督 }\n',
    );
    const changed = packSetOf(files, { mode: 'development', adopted: {}, sha256 });
    expect(heardWithoutWords(changed.resolve('national'))).toEqual(['handledWith']);
  });
});

describe('sabotage: what a pack may not say on the public side', () => {
  it.each([
    {
      name: 'Shuozhou’s measures in Wuhai',
      path: 'wuhai/sanction.yaml',
      words: /instrument: 乌海.*\n/,
      by: 'instrument: 朔州市公共数据资源授权运营实施方案（试行）（征求意见稿）\n',
      reason: /^borrows from shuozhou: /,
    },
    {
      name: 'an item by an article that is not cited',
      path: 'wuhai/disclosure.yaml',
      words: 'item: scope, article: 八（九）',
      by: 'item: scope, article: 十二',
      reason: /has an entry by 十二, which it doesn't cite$/,
    },
    {
      name: 'an item twice',
      path: 'national/disclosure.yaml',
      words: 'item: subject',
      by: 'item: grantee',
      reason: /an entry stands twice: item$/,
    },
    {
      name: 'a day that not every year has',
      path: 'national/disclosure.yaml',
      words: 'value: 02-01',
      by: 'value: 02-29',
      reason: /a day that every year has$/,
    },
    {
      name: 'a grade without a time to report',
      path: 'national/incident.yaml',
      words: 'larger: 4, general: 24',
      by: 'larger: 4',
      reason: /^rules\.reportHours\.value\.general: /,
    },
    {
      name: 'silence that consents to a demand',
      path: 'national/demand-response.yaml',
      words: 'value: overdue',
      by: 'value: consent',
      reason: /^rules\.onSilence\.value: /,
    },
    {
      name: 'a suppressed count of one',
      path: 'national/disclosure.yaml',
      words: 'smallestCount: 5',
      by: 'smallestCount: 1',
      reason: /^rules\.fairnessReport\.value\.smallestCount: /,
    },
    {
      name: 'a name that everyone sees',
      path: 'national/complaint.yaml',
      words: 'value: handlersAlone',
      by: 'value: everyone',
      reason: /^rules\.identity\.value: /,
    },
    {
      name: 'an article of another row',
      path: 'zhongwei/sanction.yaml',
      words: '二十七, quote: 市公共数据主管部门有权暂停',
      by: '二十八, quote: 市公共数据主管部门有权暂停',
      reason: /cites 二十八 for X1, whose cell says art 27$/,
    },
    {
      name: 'silence on a filled cell that does not say where it searched',
      path: 'wuhai/audit.yaml',
      words: /( {2}period:\n.*\n.*\n) {4}searched: .*\n/,
      by: '$1',
      reason: /^rules\.period is silent within X5 and does not say where it searched$/,
    },
  ])('$name', ({ path, words, by, reason }) => {
    const files = withChange(path, words, by);
    const found = faultsOf(files).filter((fault) => reason.test(fault.reason));
    expect(found).not.toHaveLength(0);
    expect(found[0]?.file).toBe(path);
  });
});
