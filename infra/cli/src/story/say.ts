/** One thing told: in Chinese, below it in English. */
export const say = (zh: string, en: string): void => {
  process.stdout.write(`  ${zh}\n      ${en}\n`);
};
