import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { eachPiece } from '../bytes.ts';
import type { OpenOptions } from '../table.ts';
import type { Delimiter } from './csv-shape.ts';

const [QUOTE, LF, CR] = [0x22, 0x0a, 0x0d];

/** Copies a CSV file so that every row ends in LF; line ends within quotes stay as they are. */
export const withOneLineEnd = async (
  path: string,
  to: string,
  delimiter: Delimiter,
  options: Pick<OpenOptions, 'signal' | 'progress'>,
): Promise<void> => {
  const mark = delimiter.charCodeAt(0);
  const out = createWriteStream(to);
  let state: 'start' | 'bare' | 'inside' | 'closing' = 'start';
  let afterCr = false;
  await eachPiece(path, options, async (piece) => {
    const copy = Buffer.allocUnsafe(piece.length);
    let length = 0;
    for (const byte of piece) {
      const second = afterCr && byte === LF;
      afterCr = state !== 'inside' && byte === CR;
      if (second) continue;
      copy[length++] = afterCr ? LF : byte;
      if (byte === QUOTE) {
        if (state === 'inside') state = 'closing';
        else if (state !== 'bare') state = 'inside';
      } else if (state !== 'inside') state = byte === mark || byte === LF || byte === CR ? 'start' : 'bare';
    }
    if (!out.write(copy.subarray(0, length))) await once(out, 'drain');
  });
  out.end();
  await finished(out);
};
