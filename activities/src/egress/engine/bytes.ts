import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { mustGoOn } from './refused.ts';
import type { OpenOptions } from './table.ts';

const pieceBytes = 4 * 1024 * 1024;

/** Reads a file piece by piece through one buffer: the piece handed over is only good until the next. */
export const eachPiece = async (
  path: string,
  { signal, progress }: Pick<OpenOptions, 'signal' | 'progress'>,
  take: (piece: Buffer) => void | false | Promise<void | false>,
): Promise<void> => {
  const file = await open(path, 'r');
  try {
    const of = (await file.stat()).size;
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(pieceBytes, of)));
    for (let done = 0; ; ) {
      mustGoOn(signal);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, done);
      if (bytesRead === 0) return;
      done += bytesRead;
      progress?.({ phase: 'reading', done: Math.min(done, of), of });
      if ((await take(buffer.subarray(0, bytesRead))) === false) return;
    }
  } finally {
    await file.close();
  }
};

/** The first and last bytes of a file, what its format shows by. */
export const headAndTail = async (
  path: string,
  length: number,
): Promise<{ head: Buffer; tail: Buffer; size: number }> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const take = async (from: number) => {
      const part = Buffer.alloc(Math.min(length, size));
      const { bytesRead } = await file.read(part, 0, part.length, from);
      return part.subarray(0, bytesRead);
    };
    return { head: await take(0), tail: await take(Math.max(0, size - length)), size };
  } finally {
    await file.close();
  }
};

/** SHA-256 of a file, hexadecimal. */
export const sha256Of = async (
  path: string,
  options: Pick<OpenOptions, 'signal' | 'progress'> = {},
): Promise<string> => {
  const hash = createHash('sha256');
  await eachPiece(path, options, (piece) => void hash.update(piece));
  return hash.digest('hex');
};

/** Whether what came so far is UTF-8, characters cut between two pieces included. */
export class Utf8Check {
  private rest: Buffer = Buffer.alloc(0);

  /** False from the first byte on that cannot be UTF-8. */
  push(piece: Buffer): boolean {
    let body = piece;
    if (this.rest.length > 0) {
      const lead = Buffer.concat([this.rest, piece.subarray(0, 4)]);
      const used = characterLength(lead[0] ?? 0);
      if (lead.length < used) {
        this.rest = lead;
        return true;
      }
      if (!isUtf8(lead.subarray(0, used))) return false;
      body = piece.subarray(used - this.rest.length);
      this.rest = Buffer.alloc(0);
    }
    const cut = cutAt(body);
    this.rest = Buffer.from(body.subarray(cut));
    return isUtf8(body.subarray(0, cut));
  }

  /** Whether the last character was whole. */
  end(): boolean {
    return this.rest.length === 0;
  }
}

const characterLength = (lead: number): number =>
  lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;

/** Where a character begins that the piece does not hold whole. */
const cutAt = (piece: Buffer): number => {
  for (let back = 1; back <= Math.min(3, piece.length); back += 1) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) return piece.length;
    if (byte >= 0xc0) return characterLength(byte) > back ? piece.length - back : piece.length;
  }
  return piece.length;
};
