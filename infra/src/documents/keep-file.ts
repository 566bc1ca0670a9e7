import { createReadStream } from 'node:fs';
import type { DocumentStore } from './store.ts';

/** Puts a file of ours into the store, by its hash and whatever its size; no row names it, so nobody reads it by a route. */
export const keepFile = async (
  store: Pick<DocumentStore, 'receive'>,
  file: string,
): Promise<{ hash: string; bytes: number }> => {
  const received = await store.receive(createReadStream(file), Number.POSITIVE_INFINITY);
  await received.keep();
  return { hash: received.hash, bytes: received.bytes };
};
