// F4: files of costs; every bad row told, every voucher counted once, whatever comes at once.
import { workbook } from './pricing-costs-workbook.ts';
import { type Costs, refusalOf, startCosts } from './pricing-costs-support.ts';

let the: Costs;
beforeAll(async () => {
  the = await startCosts();
}, 60_000);
afterAll(() => the?.stop());

const header = '凭证号,年度,发生日期,成本类别,产品编号,金额（元）,与授权运营相关,依据';
const csv = (...rows: string[]) => `\uFEFF${[header, ...rows].join('\r\n')}\r\n`;
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
type Report = {
  applied: boolean;
  total: number;
  recorded: number;
  unchanged: number;
  refused: number;
  recordedFen: number;
  errors: { row: number; column: string; code: string; article?: { article: string } }[];
};
type Operator = { roles: ['operator']; organisation: string; jurisdiction: string };
const operatorOf = (organisation: string): Operator => ({
  roles: ['operator'],
  organisation,
  jurisdiction: 'zhongwei',
});
const send = (who: Operator, body: string | Buffer, keep = 'none', type = 'text/csv') =>
  the.call(who, 'POST', `/v1/costs/imports?keep=${keep}`, body, { 'content-type': type });
const report = async (...given: Parameters<typeof send>): Promise<Report> => {
  const answer = await send(...given);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
};
const totals = (who: Operator, year: number) => the.get(who, `/v1/costs/totals?year=${year}`);

describe('a file of costs', () => {
  const mixed = csv(
    '记-1,2023,,平台运维,,1234.56,是,机房租金',
    '记-2,,2023-05-06,labour,,0.01,true,外包',
    '记-3,2023,,管理,,5.00,是,行政分摊',
    '记-4,2023,,人力,,5.00,否,与运营无关',
    '记-5,2023,,人力,,5.001,是,小数过多',
    '记-6,2023,2023-02-30,人力,,5,是,没有这一天',
    '记-1,2023,,人力,,5,是,号码重复',
    '记-8,2023,,人力,640500-CP-0000-000000,5,是,没有这个产品',
    '记-9,2025,,人力,,5,是,尚未发生',
  );

  it('every bad row by number, column and reason, with the article; all or nothing keeps nothing', async () => {
    const operator = operatorOf('importer-1');
    const refused = await report(operator, mixed);
    expect(refused).toMatchObject({ applied: false, total: 9, recorded: 0, unchanged: 0, refused: 7 });
    expect(refused.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, '成本类别', 'costKindNotListed'],
      [4, '与授权运营相关', 'costUnrelated'],
      [5, '金额（元）', 'amountUnreadable'],
      [6, '发生日期', 'dateUnreadable'],
      [7, '凭证号', 'duplicateKey'],
      [8, '产品编号', 'costProductUnknown'],
      [9, '年度', 'costYearWrong'],
    ]);
    expect(refused.errors[1]?.article?.article).toBe('三');
    expect(await totals(operator, 2023)).toMatchObject({ items: 0, acceptedFen: 0 });
    expect(await report(operator, mixed, 'good')).toMatchObject({
      ...{ applied: true, total: 9, recorded: 2, refused: 7, recordedFen: 123_457 },
    });
    expect(await totals(operator, 2023)).toMatchObject({ items: 2, acceptedFen: 123_457 });
  });

  it('the same file again counts nothing twice; a voucher of other content is a refused row', async () => {
    const operator = operatorOf('importer-2');
    const file = csv('记-1,2023,,人力,,10,是,工资', '记-2,2023,,数据存储,,20,是,存储');
    expect(await report(operator, file)).toMatchObject({ recorded: 2, unchanged: 0 });
    expect(await report(operator, file)).toMatchObject({
      applied: true,
      recorded: 0,
      unchanged: 2,
      refused: 0,
    });
    const changed = csv('记-1,2023,,人力,,10.01,是,工资', '记-3,2023,,数据存储,,1,是,存储');
    const all = await report(operator, changed);
    expect(all).toMatchObject({
      applied: false,
      recorded: 0,
      errors: [{ row: 1, code: 'costVoucherDiffers' }],
    });
    expect(await report(operator, changed, 'good')).toMatchObject({ recorded: 1, refused: 1 });
    expect(await totals(operator, 2023)).toMatchObject({ items: 3, acceptedFen: 3_100 });
  });

  it('sent twice at once it counts once', async () => {
    const operator = operatorOf('importer-3');
    const rows = Array.from({ length: 300 }, (_, at) => `记-${at},202${at % 4},,人力,,1.0${at % 10},是,工资`);
    const reports = await Promise.all([1, 2, 3].map(() => report(operator, csv(...rows))));
    const sum = (name: 'recorded' | 'unchanged') => reports.reduce((all, one) => all + one[name], 0);
    expect([sum('recorded'), sum('unchanged')]).toEqual([300, 600]);
    expect(
      await the.db.selectFrom('cost_item').select('id').where('operator', '=', 'importer-3').execute(),
    ).toHaveLength(300);
  });

  it('a voucher that was reversed meanwhile is named, and not taken for one that counts', async () => {
    const operator = operatorOf('importer-6');
    const file = csv('记-1,2023,,人力,,1.00,是,工资', '记-2,2023,,人力,,2.00,是,工资');
    await report(operator, file);
    const { id } = await the.db
      .selectFrom('cost_item')
      .select('id')
      .where('operator', '=', 'importer-6')
      .where('voucher', '=', '记-2')
      .executeTakeFirstOrThrow();
    await the.post(operator, `/v1/costs/${id}/reversal`, { ground: '误记' });
    expect(await report(operator, file, 'good')).toMatchObject({
      ...{ total: 2, recorded: 0, unchanged: 1, refused: 1 },
      errors: [{ row: 2, column: '凭证号', code: 'costReversed' }],
    });
    expect((await totals(operator, 2023))['acceptedFen']).toBe(100);
  });

  it('as a workbook it is read as the table is', async () => {
    const operator = operatorOf('importer-4');
    const file = workbook([
      header.split(','),
      ['记-1', 2023, '', '平台运维', '', 1234.56, '是', '机房租金'],
      ['记-2', '', '2023-05-06', 'labour', '', 0.1, true, '外包'],
      ['记-3', 2023, '', '招待', '', 5, '是', '招待费'],
    ]);
    const read = await report(operator, file, 'good', xlsxType);
    expect(read).toMatchObject({ total: 3, recorded: 2, recordedFen: 123_466 });
    expect(read.errors).toMatchObject([{ row: 3, column: '成本类别', code: 'costKindNotListed' }]);
    const same = csv('记-1,2023,,平台运维,,1234.56,是,机房租金');
    expect(await report(operator, same)).toMatchObject({ recorded: 0, unchanged: 1 });
  });

  it('in GB18030, or in fen, it is read; what cannot be read as a whole is refused as a whole', async () => {
    const operator = operatorOf('importer-5');
    const fen = 'voucher,year,kind,product,fen,related,ground\n1,2023,labour,,100,yes,wages\n';
    expect(await report(operator, fen)).toMatchObject({ recorded: 1, recordedFen: 100 });
    // 凭证号 and 依据 in GB18030
    const gb = Buffer.concat([
      Buffer.from([0xc6, 0xbe, 0xd6, 0xa4, 0xba, 0xc5]),
      Buffer.from(',year,kind,fen,related,ground\n2,2023,labour,7,yes,'),
      Buffer.from([0xb9, 0xa4, 0xd7, 0xca]),
      Buffer.from('\n'),
    ]);
    expect(await report(operator, gb)).toMatchObject({ recorded: 1, recordedFen: 7 });
    for (const [body, type] of [
      ['no,such,columns\n1,2,3\n', 'text/csv'],
      ['"open', 'text/csv'],
      ['', 'text/csv'],
      ['not a workbook', xlsxType],
      [workbook([]).subarray(0, 200), xlsxType],
    ] as const) {
      const answer = await send(operator, body, 'none', type);
      expect([400, 422]).toContain(answer.statusCode);
    }
    expect((await send(operator, fen, 'none', 'application/json')).statusCode).toBe(415);
    expect(
      refusalOf(
        await the.call(the.people('zhongwei').bureau, 'POST', '/v1/costs/imports?keep=good', fen, {
          'content-type': 'text/csv',
        }),
      ).status,
    ).toBe(403);
  });
});
