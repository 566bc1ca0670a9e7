/** After the last test: ends the keeper that this run started, and with it every part. */
export default async (): Promise<void> => {
  await globalThis.gongshuKeeper?.stop();
};
