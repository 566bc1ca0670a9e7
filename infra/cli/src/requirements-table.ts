import type { RequirementRow } from '@gongshu/shared/packs/table';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;

/** Reads the rows out of the requirements paper: `| id | requirement | national | zhongwei | shuozhou | wuhai |`. */
export const tableOf = (markdown: string): RequirementRow[] =>
  markdown.split('\n').flatMap((line) => {
    const [id = '', requirement = '', ...cells] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (!/^[A-Z]\d{1,2}$/.test(id) || cells.length !== cities.length) return [];
    return [
      {
        id,
        requirement,
        cells: Object.fromEntries(cities.map((city, index) => [city, cells[index] ?? '-'])),
      },
    ];
  });
