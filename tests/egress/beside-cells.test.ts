import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace } from '@gongshu/activities/egress/engine/database';
import type { Refused } from '@gongshu/activities/egress/engine/refused';
import { scanFile } from '@gongshu/activities/egress/engine/scan';
import { defaultLimits } from '@gongshu/activities/egress/engine/table';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import { smallStrings, workbook, writeZip } from '../oracle/egress/bad-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongshu-beside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const number = '13800138000';
const thresholds: EgressThresholds = {
  k: 1,
  l: 1,
  t: 1,
  search: { columns: 0, sets: 0 },
  aggregate: { minimumCell: 1, dominance: { n: 1, share: 1 }, pRatio: 0, zeros: 'allowed' },
  raw: { fields: 3, shareOfProduct: 1 },
};

const scan = async (file: string) => {
  const refusals: Refused[] = [];
  const asked = { qi: null, sensitive: [], sources: [], earlier: [] };
  const pack = { jurisdiction: 'national', version: 'test' };
  const report = await scanFile(
    { file, name: 'product', ...asked, thresholds, pack },
    { refused: (refusal) => refusals.push(refusal) },
  );
  const words = refusals.map(({ message, at }) => JSON.stringify({ message, at })).join();
  return { report, words };
};

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const meaning = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const links = 'http://schemas.openxmlformats.org/package/2006/relationships';
const usual =
  '<row r="2"><c r="B2" t="inlineStr"><is><t>code</t></is></c><c r="C2" t="inlineStr"><is><t>amount</t></is></c></row>' +
  '<row r="3"><c r="B3" t="inlineStr"><is><t>A1</t></is></c><c r="C3"><v>5</v></c></row>' +
  '<row r="4"><c r="B4" t="inlineStr"><is><t>A2</t></is></c><c r="C4"><f>C3+1</f><v>6</v></c></row>';
type Parts = {
  rows?: string;
  after?: string;
  before?: string;
  strings?: string;
  book?: string;
  title?: string;
  more?: Record<string, string>;
};
/** What Excel writes around two rows: properties, styles, a defined name, a page header, links. */
const book = ({
  rows = usual,
  after = '',
  before = '',
  strings,
  book: inBook = '',
  title = 'S',
  more = {},
}: Parts) => {
  const sheet = `<worksheet xmlns="${main}" xmlns:r="${meaning}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
  const texts = strings === undefined ? smallStrings : Buffer.from(`<sst xmlns="${main}">${strings}</sst>`);
  const parts = workbook(Buffer.from(sheet), texts).map((part) =>
    part.name === 'xl/workbook.xml' && Buffer.isBuffer(part.data)
      ? {
          ...part,
          data: Buffer.from(
            part.data
              .toString()
              .replace('name="S"', `name="${title}"`)
              .replace('</sheets>', `</sheets>${inBook}`),
          ),
        }
      : part,
  );
  const file = join(folder, 'book.xlsx');
  writeZip(file, [
    ...parts,
    ...Object.entries(more).map(([name, text]) => ({ name, data: Buffer.from(text) })),
  ]);
  return file;
};
const properties = (inside: string) =>
  `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">${inside}</cp:coreProperties>`;
const relations = (...of: string[]) => `<Relationships xmlns="${links}">${of.join('')}</Relationships>`;
const relation = (id: string, target: string, type = 'hyperlink') =>
  `<Relationship Id="${id}" Type="${meaning}/${type}" Target="${target}" TargetMode="External"/>`;
const sheetLinks = 'xl/worksheets/_rels/sheet1.xml.rels';

describe('what stands in a workbook beside its cells (E1)', () => {
  it('nothing of what programs write there by themselves keeps a workbook from being judged', async () => {
    const file = book({
      title: '2024年1-6月 汇总表',
      book: `<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">S!$A$1:$Z$13800138</definedName></definedNames><calcPr calcId="191029"/><workbookPr/>`,
      before:
        '<sheetPr/><dimension ref="B2:C4"/><cols><col min="1" max="3" width="13.7109375" customWidth="1"/></cols>',
      after:
        '<hyperlinks><hyperlink ref="B3" r:id="rId1" tooltip="打开"/></hyperlinks><pageMargins left="0.7" right="0.7"/>' +
        '<headerFooter><oddHeader>&amp;L&amp;"宋体,常规"&amp;12公共数据产品&amp;R第&amp;P页 &amp;D</oddHeader></headerFooter>',
      more: {
        'docProps/core.xml': properties(
          '<dc:creator>openpyxl</dc:creator><dc:title>企业用水月度统计</dc:title><dcterms:created>2024-05-01T08:30:00Z</dcterms:created>',
        ),
        'docProps/app.xml':
          '<Properties><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion><Company>中卫市大数据局</Company></Properties>',
        'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="176" formatCode="[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"/></numFmts><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>`,
        [sheetLinks]: relations(relation('rId1', 'https://example.org/catalogue/2024?page=12')),
      },
    });
    const { report } = await scan(file);
    expect(report).toMatchObject({ verdict: 'clean', reason: null, rows: 2 });
  });

  it.each<[string, Parts]>([
    ['a sheet title', { title: `名单${number}` }],
    [
      'a defined name',
      { book: `<definedNames><definedName name="n">"${number}"</definedName></definedNames>` },
    ],
    ['an author', { more: { 'docProps/core.xml': properties('<dc:creator>张伟</dc:creator>') } }],
    ['a title', { more: { 'docProps/core.xml': properties(`<dc:title>电话 ${number}</dc:title>`) } }],
    ['a page header', { after: `<headerFooter><oddHeader>&amp;L${number}</oddHeader></headerFooter>` }],
    [
      'a page footer, its mark within',
      { after: '<headerFooter><oddFooter>&amp;12138&amp;B00138000</oddFooter></headerFooter>' },
    ],
    [
      'a page header after its size',
      { after: `<headerFooter><oddHeader>&amp;C&amp;12${number}</oddHeader></headerFooter>` },
    ],
    [
      'a rule on cells',
      { after: `<dataValidations><dataValidation prompt="问 ${number}"/></dataValidations>` },
    ],
    ['a formula', { rows: usual.replace('C3+1', `IF("${number}"="",1,2)`) }],
    ['a reading of a text', { strings: `<si><t>a</t><rPh sb="0" eb="1"><t>${number}</t></rPh></si>` }],
    [
      'a format',
      {
        more: {
          'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="176" formatCode="&quot;${number}&quot;"/></numFmts></styleSheet>`,
        },
      },
    ],
    [
      'a table',
      {
        more: {
          'xl/tables/table1.xml': `<table><tableColumns><tableColumn name="${number}"/></tableColumns></table>`,
        },
      },
    ],
    ['the name of a part', { more: { [`xl/tables/${number}.xml`]: '<table/>' } }],
    ['a remark in XML', { after: `<!-- ${number} -->` }],
    ['a link on the header', { after: `<hyperlinks><hyperlink ref="B2" tooltip="${number}"/></hyperlinks>` }],
    ['a link on no cell', { after: `<hyperlinks><hyperlink ref="Z9" tooltip="${number}"/></hyperlinks>` }],
    ['a link nothing has', { more: { [sheetLinks]: relations(relation('rId9', `tel:${number}`)) } }],
  ])('%s: refused with its place, and neither title nor number told', async (_what, parts) => {
    const { report, words } = await scan(book(parts));
    expect(report).toMatchObject({ verdict: 'refused', reason: 'malformed' });
    expect(words).toMatch(/identifier (?:outside the cells: .+|in a link)/);
    expect(`${JSON.stringify(report)}${words}`).not.toMatch(/13800138000|00138000|张伟|名单/);
  });

  it('a link is read as text of its cell, by where it leads and what it shows', async () => {
    const file = book({
      after:
        '<hyperlinks><hyperlink ref="B3" r:id="rId1"/><hyperlink ref="C4" r:id="rId2"/><hyperlink ref="C3" r:id="rId3" display="a"/></hyperlinks>',
      more: {
        [sheetLinks]: relations(
          relation('rId1', `tel:%31${number.slice(1)}`),
          relation('rId2', 'mailto:zhang@example.org'),
          relation('rId3', 'https://example.org/'),
        ),
      },
    });
    const { report } = await scan(file);
    expect(report.verdict).toBe('findings');
    // the header stands in the second row, its first column is empty
    expect(report.findings.map(({ row, column, type }) => [row, column, type])).toEqual([
      [1, 'code', 'mobile'],
      [2, 'amount', 'email'],
    ]);
  });
});

describe('what a Parquet file notes of itself (E1)', () => {
  const parquet = async (notes: Record<string, string>): Promise<string> => {
    const file = join(folder, 'notes.parquet');
    const { connection, close } = await openWorkspace(defaultLimits);
    const said = Object.entries(notes).map(([key, value]) => `"${key}": '${value}'`);
    await connection.run(
      `copy (select 'A1' as 高程, 5 as amount) to '${file}' (format parquet, kv_metadata {${said.join(', ')}})`,
    );
    close();
    return file;
  };
  const schema = (text: string) => Buffer.from(`\u0010\u0000\u0000${text}\u0000\u0004`).toString('base64');

  it('writers note names and types of columns, none of which is a person', async () => {
    const { report, words } = await scan(
      await parquet({
        pandas:
          '{"columns":[{"name":"高程","field_name":"高程","pandas_type":"unicode"}],"pandas_version":"2.2.1"}',
        'org.apache.spark.sql.parquet.row.metadata': '{"type":"struct","fields":[{"name":"高程"}]}',
        'ARROW:schema': schema('高程 amount'),
        note: '月度汇总，来源见目录',
      }),
    );
    expect({ words, ...report }).toMatchObject({ words: '', verdict: 'clean', rows: 1 });
  });

  it.each([
    ['a note', { note: `联系电话 ${number}` }],
    ['a name under a key for names', { 姓名: '张伟' }],
    ['within JSON of a writer', { pandas: `{"attributes":{"who":"${number}"}}` }],
    ['behind a key written twice', { note: `{"a":"${number}","a":1}` }],
    ['in the schema of Arrow alone', { 'ARROW:schema': schema(`who ${number}`) }],
    ['in a key', { [number]: 'x' }],
  ])('%s: refused with its place', async (_what, notes) => {
    const { report, words } = await scan(await parquet(notes));
    expect(report).toMatchObject({ verdict: 'refused', reason: 'malformed' });
    expect(words).toMatch(/identifier outside the cells: .*note of the file/);
    expect(`${JSON.stringify(report)}${words}`).not.toMatch(/13800138000|张伟/);
  });
});
