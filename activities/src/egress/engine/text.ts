import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { eachPiece, Utf8Check } from './bytes.ts';
import { Utf8Runs } from './gb18030.ts';
import { Refused } from './refused.ts';
import type { OpenOptions, ReadLimits } from './table.ts';

type Going = Pick<OpenOptions, 'signal' | 'progress'>;

const mark = [0xef, 0xbb, 0xbf] as const;
export const hasMark = (head: Buffer): boolean => mark.every((byte, index) => head[index] === byte);

const mustHoldText = (piece: Buffer): void => {
  if (piece.includes(0)) throw new Refused('mixedEncodings', 'NUL bytes in a text');
};

/**
 * Hands a text file over piece by piece, without its byte order mark, and gives its SHA-256 (hexadecimal);
 * `null` at the first byte that is not UTF-8.
 * @throws Refused mixedEncodings at a NUL byte; truncated where the last character is cut.
 */
export const walkUtf8 = async (
  path: string,
  options: Going,
  take: (piece: Buffer) => void,
): Promise<string | null> => {
  const utf8 = new Utf8Check();
  const hash = createHash('sha256');
  let [first, valid] = [true, true];
  await eachPiece(path, options, (piece) => {
    valid = utf8.push(piece);
    if (!valid) return false;
    mustHoldText(piece);
    hash.update(piece);
    take(first && hasMark(piece) ? piece.subarray(3) : piece);
    first = false;
    return undefined;
  });
  if (!valid) return null;
  if (!utf8.end()) throw new Refused('truncated', 'the file ends inside a character');
  return hash.digest('hex');
};

/**
 * Writes a GB18030 text as UTF-8; SHA-256 (hexadecimal) of the file as it came.
 * @throws Refused mixedEncodings where it is not GB18030 throughout; truncated; tooLarge.
 */
export const fromGb18030 = async (
  path: string,
  to: string,
  limits: ReadLimits,
  options: Going,
): Promise<string> => {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const hash = createHash('sha256');
  const runs = new Utf8Runs();
  const out = createWriteStream(to);
  const decoded = (piece?: Buffer): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      if (piece) throw new Refused('mixedEncodings', 'neither UTF-8 nor GB18030 throughout');
      throw new Refused('truncated', 'the file ends inside a character');
    }
  };
  try {
    await eachPiece(path, options, async (piece) => {
      mustHoldText(piece);
      hash.update(piece);
      runs.push(piece);
      if (!out.write(decoded(piece))) await once(out, 'drain');
      if (out.bytesWritten > limits.unpackedBytes)
        throw new Refused('tooLarge', `more than ${limits.unpackedBytes} bytes as UTF-8`);
    });
    out.end(decoded());
    await finished(out);
  } finally {
    out.destroy();
  }
  if (runs.found()) throw new Refused('mixedEncodings', 'UTF-8 in a GB18030 text');
  return hash.digest('hex');
};

/** Copies a text without its byte order mark, for a reader that knows none. */
export const withoutMark = async (path: string, to: string, options: Going): Promise<void> => {
  const out = createWriteStream(to);
  let first = true;
  await eachPiece(path, options, async (piece) => {
    const rest = Buffer.from(first && hasMark(piece) ? piece.subarray(3) : piece); // the buffer is used again
    first = false;
    if (!out.write(rest)) await once(out, 'drain');
  });
  out.end();
  await finished(out);
};
