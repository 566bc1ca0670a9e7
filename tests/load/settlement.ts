// `npm run proof:settlement`: a year of one million records of use, brought in as CSV, rated, billed by month and settled on
// a real PostgreSQL, twice; times, and the hash of bills and figures, which must be the same. `-- 100000` asks for fewer.
// Exit code 1 where rating and settling take more than the bar, or the two results differ.
import { settledYear } from '../support/settled-year.ts';
import { startKeeper } from '../support/start-keeper.ts';

const barSeconds = 60;

const once = async (records: number): Promise<{ hash: string; rated: number }> => {
  const { hash, fen, surplusFen, bills, imported, billed, settled } = await settledYear(records);
  process.stdout.write(
    `${records} records: brought in ${imported.toFixed(1)} s, rated and billed ${billed.toFixed(1)} s (${bills} bills), ` +
      `settled ${settled.toFixed(1)} s; ${fen} fen, to be shared ${surplusFen}; ${hash}\n`,
  );
  return { hash, rated: billed + settled };
};

const keeper = await startKeeper();
process.env['GONGSHU_TEST_KEEPER'] = keeper.address;
try {
  const records = Number(process.argv[2] ?? 1_000_000);
  const first = await once(records);
  const second = await once(records);
  const slowest = Math.max(first.rated, second.rated);
  const same = first.hash === second.hash;
  process.stdout.write(
    `${same ? 'the same result twice' : 'TWO RESULTS'}; rated and settled in ${slowest.toFixed(1)} s of ${barSeconds}\n`,
  );
  if (!same || slowest > barSeconds) process.exitCode = 1;
} finally {
  await keeper.stop();
}
