import { type Keeper, startKeeper } from './start-keeper.ts';

declare global {
  var gongshuKeeper: Keeper | undefined;
}

const partsWanted = (): string[] => (process.env['GONGSHU_TEST_PARTS'] ?? '').split(',').filter(Boolean);

/**
 * Before the first test: a keeper for the real parts, unless `npm test` brought one along. Parts named in
 * GONGSHU_TEST_PARTS (postgres, timeskipping, bundle, kafka, temporal) are started now, the others when first used.
 */
export default async (): Promise<void> => {
  if (!process.env['GONGSHU_TEST_KEEPER']) {
    globalThis.gongshuKeeper = await startKeeper();
    process.env['GONGSHU_TEST_KEEPER'] = globalThis.gongshuKeeper.address;
  }
  const keeper = process.env['GONGSHU_TEST_KEEPER'];
  await Promise.all(
    partsWanted().map(async (part) => {
      const response = await fetch(`${keeper}/${part}`);
      if (response.ok) return;
      const said = (await response.json().catch(() => ({}))) as { sentence?: string };
      throw new Error(said.sentence ?? `there is no test part called ${part}`);
    }),
  );
};
