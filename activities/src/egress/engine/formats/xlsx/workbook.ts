import { posix } from 'node:path';
import { Refused } from '../../refused.ts';
import type { ReadLimits } from '../../table.ts';
import type { Members } from './members.ts';
import { readXml } from './xml.ts';

/** What the cells of a workbook are read by. */
export type Workbook = {
  /** In the order of their tabs, hidden ones too. */
  sheets: { name: string; member: string }[];
  /** The day serial numbers count from is that of 1904. */
  from1904: boolean;
  /** By the index of a cell's style: whether its number is shown as a date or a time. */
  dated: readonly boolean[];
};

const relations = async (members: Members): Promise<Map<string, string>> => {
  const targets = new Map<string, string>();
  await readXml(members, 'xl/_rels/workbook.xml.rels', {
    open(name, { Id, Target, TargetMode }) {
      if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target));
    },
  });
  return targets;
};

/** Built-in formats that show a date or a time (ECMA-376, 18.8.30; 27 to 36 and 50 to 58 those of Chinese). */
const builtInDates = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Letters of years, months, days, hours outside quotes, brackets and escapes. */
const showsDate = (format: string): boolean =>
  /[ymdhs年月日]/i.test(format.replaceAll(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, ''));

const datedStyles = async (members: Members): Promise<boolean[]> => {
  const custom = new Map<number, boolean>();
  const dated: boolean[] = [];
  let inCells = false;
  if (!members.has('xl/styles.xml')) return dated;
  await readXml(members, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt')
        custom.set(Number(attributes['numFmtId']), showsDate(attributes['formatCode'] ?? ''));
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      dated.push(custom.get(id) ?? builtInDates(id));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dated;
};

/** @throws Refused tooLarge with too many sheets; unknownFormat with a sheet that is no table of cells. */
export const readWorkbook = async (members: Members, limits: ReadLimits): Promise<Workbook> => {
  const targets = await relations(members);
  const sheets: Workbook['sheets'] = [];
  let from1904 = false;
  await readXml(members, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const member = targets.get(id ?? '');
      if (!member || !members.has(member)) throw new Refused('malformed', 'a sheet without its part');
      if (!member.startsWith('xl/worksheets/'))
        throw new Refused('unknownFormat', 'a sheet that holds no cells');
      sheets.push({ name: attributes['name'] ?? '', member });
      if (sheets.length > limits.sheets) throw new Refused('tooLarge', `more than ${limits.sheets} sheets`);
    },
  });
  const listed = new Set(sheets.map(({ member }) => member));
  const unlisted = [...members.names].some(
    (name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name) && !listed.has(name),
  );
  if (sheets.length === 0 || unlisted) throw new Refused('malformed', 'sheets and their list do not agree');
  return { sheets, from1904, dated: await datedStyles(members) };
};
