import { isUtf8 } from 'node:buffer';

/** Whether two bytes are a character of GB 2312, which everyday text keeps to. */
const inGb2312 = (lead: number, trail: number): boolean =>
  lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe;

/**
 * Looks in a GB18030 text for words that are UTF-8: much UTF-8 is GB18030 too, of characters nobody writes.
 * A run of bytes above 7F counts that is whole Chinese characters in UTF-8, two at least, and in GB18030 is not
 * everyday text. What is read as such would hide names and addresses, so one is enough.
 */
export class Utf8Runs {
  private seen = false;
  private held: Buffer = Buffer.alloc(0);

  push(piece: Buffer): void {
    if (this.seen) return;
    const bytes = this.held.length > 0 ? Buffer.concat([this.held, piece]) : piece;
    let from = -1;
    for (let at = 0; at < bytes.length; at += 1) {
      if ((bytes[at] as number) >= 0x80) {
        if (from === -1) from = at;
      } else if (from !== -1) {
        if (at - from >= 6) this.judge(bytes.subarray(from, at));
        from = -1;
      }
    }
    this.held =
      from === -1 || bytes.length - from > 65_536 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(from));
    if (from !== -1 && this.held.length === 0) this.judge(bytes.subarray(from));
  }

  found(): boolean {
    if (this.held.length >= 6) this.judge(this.held);
    return this.seen;
  }

  private judge(run: Buffer): void {
    const first = run[0] as number;
    if (first < 0xe3 || first > 0xef || run.length % 3 !== 0) return;
    for (let at = 0; at < run.length; at += 3) {
      const lead = run[at] as number;
      if (lead < 0xe3 || lead > 0xef) return;
    }
    if (!isUtf8(run)) return;
    for (let at = 0; at < run.length; at += 2)
      if (at + 1 >= run.length || !inGb2312(run[at] as number, run[at + 1] as number)) {
        this.seen = true;
        return;
      }
  }
}
