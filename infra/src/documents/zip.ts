import type { FileHandle } from 'node:fs/promises';

/** End-of-directory record: 22 bytes and a comment of at most 65,535 behind it (APPNOTE 4.3.16). */
const endBytes = 22;
const longestComment = 0xffff;
/** A directory larger than this belongs to no paper of ours. */
const largestDirectory = 4 * 1024 * 1024;

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};

/**
 * Names of the entries of a zip file, as its directory lists them; nothing is unpacked. Empty for what is no zip, is
 * cut off, or has an outsized directory. ZIP64 is not read: no document comes near its sizes.
 */
export const zipNames = async (file: FileHandle): Promise<ReadonlySet<string>> => {
  const names = new Set<string>();
  const { size } = await file.stat();
  const from = Math.max(0, size - endBytes - longestComment);
  const tail = await readAt(file, from, size - from);
  const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || tail.length - end < endBytes) return names;
  const length = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (length > largestDirectory || start + length > size) return names;
  const directory = await readAt(file, start, length);
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const name = directory.readUInt16LE(at + 28);
    names.add(directory.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
};
