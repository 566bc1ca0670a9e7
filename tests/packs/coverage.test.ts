import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { measure, printed, tagsIn } from '@gongshu/cli/law-coverage';
import { readDue, readTable } from '@gongshu/cli/packs';
import { tableOf } from '@gongshu/cli/requirements-table';
import { loadPacks } from '@gongshu/infra/packs';
import { articleNumber, articlesNamed } from '@gongshu/shared/packs/article';
import { isFilled } from '@gongshu/shared/packs/table';

const table = readTable();
const packs = loadPacks();
const cell = (name: string, kind = '') => `[${name}${kind}]`;
const others = table.flatMap(({ id, cells }) =>
  Object.entries(cells).flatMap(([city, text]) => (isFilled(text) ? [`${id} ${city}`] : [])),
);
const allDueBut = (...names: string[]) => others.filter((name) => !names.includes(name));

describe('the table of requirements', () => {
  it('is read row by row', () => {
    expect(
      tableOf('| id | requirement |\n|---|---|\n| A5 | deemed approval | - | art 21, 000 | - | s.6 |\n'),
    ).toEqual([
      {
        id: 'A5',
        requirement: 'deemed approval',
        cells: { national: '-', zhongwei: 'art 21, 000', shuozhou: '-', wuhai: 's.6' },
      },
    ]);
  });

  it('the copy equals the paper where that is present', () => {
    const paper = process.env['GONGSHU_REQUIREMENTS'];
    expect(table).toEqual(paper === undefined ? table : tableOf(readFileSync(paper, 'utf8')));
    expect(table).toHaveLength(66);
  });

  it.each([
    ['arts 2, 4', [2, 4]],
    ['art 21, 000', [21]],
    ['000, art 22', [22]],
    ['s.6(3): operator reviews', [6]],
    ['approved arts 8, 18, 19; deposited arts 29, 32; issued art 21', [8, 18, 19, 29, 32, 21]],
    ['arts 9(6), 14(9), 14(12)', [9, 14, 14]],
    ['s.1–4', [1, 2, 3, 4]],
    ['s.8: material 3–6 months before expiry', [8]],
    ['art 9 (12 items), art 10 feasibility (5 topics)', [9, 10]],
    ['s.6(1), s.11(3)7', [6, 11]],
  ])('%s names %j', (text, numbers) => {
    expect(articlesNamed(text)).toEqual(numbers);
  });

  it.each([
    ['五', 5],
    ['十', 10],
    ['十七', 17],
    ['二十', 20],
    ['三十二', 32],
    ['九（五）', 9],
    ['十一（三）6', 11],
    ['附则', undefined],
  ])('%s is article %s', (text, number) => {
    expect(articleNumber(text)).toBe(number);
  });
});

describe('coverage of the law', () => {
  it('counts tags in titles, and none in remarks or in tests that are switched off', () => {
    const lines = [
      `  it('${cell('A5 zhongwei')}${cell('A5 zhongwei', ' refuses')} silence', () => {`,
      `  // '${cell('A5 zhongwei')}'`,
      `  it.skip('${cell('A5 zhongwei')}', () => {`,
      `  const rows = x${cell('A5 zhongwei')};`,
    ];
    expect(tagsIn(lines.join('\n'))).toEqual(['A5 zhongwei', 'A5 zhongwei refuses']);
  });

  it.each([
    {
      name: 'a must needs a refusing test too',
      cellName: 'A5 zhongwei',
      tags: ['A5 zhongwei'],
      faults: ['A5 zhongwei lacks a test: refuses'],
    },
    {
      name: 'a must with both',
      cellName: 'A5 zhongwei',
      tags: ['A5 zhongwei', 'A5 zhongwei refuses'],
      faults: [],
    },
    { name: 'a says needs one', cellName: 'C1 national', tags: ['C1 national'], faults: [] },
    {
      name: 'nothing at all',
      cellName: 'C1 national',
      tags: [],
      faults: ['C1 national lacks a test: passes'],
    },
    {
      name: 'a cell that no pack cites yet counts as a must',
      cellName: 'X6 national',
      tags: ['X6 national'],
      faults: ['X6 national lacks a test: refuses'],
    },
    {
      name: 'a cell that stands in no table',
      cellName: 'A5 zhongwei',
      tags: ['A5 zhongwei', 'A5 zhongwei refuses', 'Z9 zhongwei'],
      faults: ['a test names Z9 zhongwei, which stands in no table'],
    },
  ])('$name', ({ cellName, tags, faults }) => {
    const counted = new Map(tags.map((name) => [name, 1]));
    expect(measure(table, packs, counted, allDueBut(cellName)).faults).toEqual(faults);
  });

  it('a due cell that has tests must leave the list; one whose text is silent has no place on it', () => {
    const { faults } = measure(table, packs, new Map([['M1 zhongwei', 1]]), [
      ...others,
      'A5 national',
      'Z9 wuhai',
    ]);
    expect(faults).toEqual([
      'A5 national is due, and its text is silent',
      'M1 zhongwei has tests: take it off the list of due cells',
      'Z9 wuhai is due, and stands in no table',
    ]);
  });

  it('prints rows by city', () => {
    const some = table.filter(({ id }) => id === 'A5' || id === 'M1');
    const text = printed(
      some,
      measure(some, packs, new Map([['A5 zhongwei', 2]]), ['M1 zhongwei', 'M1 shuozhou']),
    );
    expect(text.split('\n')).toEqual([
      'row  national  zhongwei            shuozhou  wuhai',
      'M1   -         due                 due       -',
      'A5   -         2 missing: refuses  -         -',
      '0 cells covered, 1 missing, 2 due, 5 silent',
      'A5 zhongwei lacks a test: refuses',
    ]);
  });
});

describe('the list of due cells', () => {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const versions = (): string[][] => {
    try {
      const commits = git('log', '--format=%H', '--', 'tests/packs/due.json')
        .trim()
        .split('\n')
        .filter(Boolean);
      return commits.map((commit) => JSON.parse(git('show', `${commit}:tests/packs/due.json`)) as string[]);
    } catch {
      return []; // no history here: an archive, an image
    }
  };

  it('names each cell once', () => {
    expect(new Set(readDue()).size).toBe(readDue().length);
  });

  it('only shrinks, commit by commit', () => {
    const line = [readDue(), ...versions()];
    for (const [index, newer] of line.slice(0, -1).entries())
      expect(newer.filter((name) => !line[index + 1]?.includes(name))).toEqual([]);
  });
});
