// F1–F6: periods of prices on the command line, computed as the route computes them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pricingCommand } from '../pricing-command.ts';
import { yuan } from './what-if-text.ts';

const example = join(import.meta.dirname, '../../examples/pricing-what-if.json');
type Period = { points: string; jurisdiction: string };
const periods = JSON.parse(readFileSync(example, 'utf8')) as [Period, Period, Period];

let folder: string;
let said = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongshu-what-if-'));
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = async (given: unknown, ...options: string[]) => {
  const file = join(folder, 'periods.json');
  writeFileSync(file, typeof given === 'string' ? given : JSON.stringify(given));
  said = '';
  await pricingCommand()
    .exitOverride()
    .parseAsync(['what-if', file, ...options], { from: 'user' });
  return { text: said, code: process.exitCode ?? 0 };
};
const answers = async (given: unknown) => {
  const { text, code } = await run(given, '--json');
  return { code, said: JSON.parse(text) as unknown };
};

describe('gongshu pricing what-if', () => {
  it('answers a list in its order', async () => {
    expect(await answers(periods)).toMatchObject({
      code: 0,
      said: [
        { jurisdiction: 'zhongwei', permittedRevenue: 80_000_000, surplusFen: 4_654_288 },
        { jurisdiction: 'shuozhou', carriedToNextPeriodFen: 404_720, excessRule: { to: 'pool' } },
        { jurisdiction: 'wuhai', revenueFen: 4663 },
      ],
    });
  });

  it('answers a period alone as itself', async () => {
    expect(await answers(periods[2])).toMatchObject({ code: 0, said: { jurisdiction: 'wuhai' } });
  });

  it('says of each that has no answer where it stands and why, answers the others, and exits 1', async () => {
    const bad = [
      { ...periods[0], jurisdiction: 'atlantis' },
      periods[1],
      { ...periods[0], points: '7' },
      { ...periods[0], costs: [{ fen: 0.5 }], more: 1 },
      null,
    ];
    const { code, said: list } = await answers(bad);
    expect([code, list]).toMatchObject([
      1,
      [
        {
          index: 0,
          problem: { code: 'invalidRequest', errors: [{ pointer: '/body/jurisdiction', code: 'unknown' }] },
        },
        { jurisdiction: 'shuozhou' },
        {
          index: 2,
          problem: {
            code: 'pointsOverMaximum',
            article: { article: expect.any(String) },
            errors: [
              { pointer: '/body/points', message: { zh: expect.any(String), en: expect.any(String) } },
            ],
          },
        },
        { index: 3, problem: { code: 'invalidRequest' } },
        { index: 4, problem: { code: 'invalidRequest', errors: [{ pointer: '/body' }] } },
      ],
    ]);
    expect(JSON.stringify(list)).toContain('"/body/costs/0/fen"');
    expect((await run(bad)).text).toMatch(
      /1 未能计算 no answer: invalidRequest[^]*\/body\/jurisdiction +unknown[^]*加点超过上限/,
    );
  });

  it('prints tables: figures beside their parts, what is shared, what is refused with its article', async () => {
    const { text } = await run(periods);
    for (const line of [
      /最高准许收入 permitted revenue +800,000\.00/,
      /准许收益 profit +54,950\.00 +收益率 rate 0\.0785/,
      /预测收入 forecast +860,000\.00 +高于最高准许收入/,
      /超收 excess +16,012\.00/,
      /government +13,962\.87/,
      /成本 cost 安全 +costKindNotListed +三/,
      /收费 tariff p1 general publicWelfare +chargeOnFreePurpose +二十四/,
      /m2 +1 +240,012\.00/,
      /扣减上期超收 deducted +16,252\.50 +结转 3,747\.50/,
    ])
      expect(text).toMatch(line);
  });

  it.each([
    ['no JSON', '{'],
    ['an empty list', '[]'],
    ['a text', '"period"'],
  ])('refuses a file of %s', async (_name, text) => {
    await expect(run(text)).rejects.toMatchObject({ exitCode: 2 });
  });
});

it.each([
  [0, '0.00'],
  [5, '0.05'],
  [-123_405, '-1,234.05'],
  [100_000_000, '1,000,000.00'],
  [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91'],
])('%p fen are %s yuan', (fen, text) => {
  expect(yuan(fen)).toBe(text);
});
