import { Refused } from '../../refused.ts';
import type { ReadLimits } from '../../table.ts';
import { Aside } from './beside.ts';
import type { Members } from './members.ts';
import { readXml } from './xml.ts';

const member = 'xl/sharedStrings.xml';
const blockBytes = 4_000_000;
/** Held in memory beside DuckDB's share; a workbook has a million rows a sheet at most. */
const mostBytes = 256_000_000;

/** Texts by their number, as UTF-8 in large blocks: a fraction of what as many strings would take. */
export class Texts {
  private readonly blocks: Buffer[] = [];
  private starts = new Float64Array(1024);
  private count = 0;
  private used = 0;
  private total = 0;

  add(text: string): void {
    const bytes = Buffer.byteLength(text);
    this.total += bytes + 8;
    if (this.total > mostBytes) throw new Refused('tooLarge', `more than ${mostBytes} bytes of shared texts`);
    let block = this.blocks.at(-1);
    if (!block || this.used + bytes > block.length) {
      block = Buffer.allocUnsafe(Math.max(blockBytes, bytes));
      this.blocks.push(block);
      this.used = 0;
    }
    block.write(text, this.used);
    if (this.count * 3 + 3 > this.starts.length) {
      const grown = new Float64Array(this.starts.length * 2);
      grown.set(this.starts);
      this.starts = grown;
    }
    this.starts.set([this.blocks.length - 1, this.used, bytes], this.count * 3);
    this.used += bytes;
    this.count += 1;
  }

  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const [block = 0, start = 0, bytes = 0] = this.starts.subarray(index * 3, index * 3 + 3);
    return this.blocks[block]?.toString('utf8', start, start + bytes);
  }
}

/** Characters XML cannot hold stand as `_x0007_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

/** The workbook's shared texts; how a word is pronounced (`rPh`) is no part of it. @throws Refused tooLarge, cellTooLong. */
export const readSharedTexts = async (members: Members, limits: ReadLimits): Promise<Texts> => {
  const texts = new Texts();
  if (!members.has(member)) return texts;
  let [text, reading, aside] = ['', false, false];
  const beside = new Aside('how a shared text is read aloud');
  await readXml(members, member, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') aside = true;
      else if (name === 't') reading = !aside;
    },
    text(part) {
      if (!reading) return beside.text(part);
      text += part;
      if (text.length > limits.cellBytes)
        throw new Refused('cellTooLong', 'a text longer than a cell may be');
    },
    close(name) {
      beside.end();
      if (name === 't') reading = false;
      else if (name === 'rPh') aside = false;
      else if (name === 'si') texts.add(unescaped(text));
    },
  });
  return texts;
};
