import { Utf8Runs } from './gb18030.ts';

/** Everyday words in GB 2312: 张三, 联通, 中卫市沙坡头区, 男. */
const gb = ['d5c5c8fd', 'c1aacda8', 'd6d0cec0cad0c9b3c6c2cdb7c7f8', 'c4d0'].map((hex) =>
  Buffer.from(hex, 'hex'),
);
const utf8 = ['张三', '中卫市沙坡头区', '联通公司'].map((text) => Buffer.from(text));
const line = (cells: readonly Buffer[]) =>
  Buffer.concat([...cells.flatMap((cell) => [cell, Buffer.from(',')]), Buffer.from('\n')]);
const found = (bytes: Buffer, size: number): boolean => {
  const runs = new Utf8Runs();
  for (let at = 0; at < bytes.length; at += size) runs.push(bytes.subarray(at, at + size));
  return runs.found();
};

describe.each([1, 3, 1000])('UTF-8 within a GB18030 text is seen, in pieces of %d bytes', (size) => {
  it('everyday GB18030 is no UTF-8', () => {
    expect(found(Buffer.concat(Array.from({ length: 50 }, () => line(gb))), size)).toBe(false);
  });
  it.each(utf8.map((cell) => [cell.toString(), cell] as const))('%s in UTF-8 among it is', (_text, cell) => {
    expect(found(Buffer.concat([line(gb), line([...gb, cell]), line(gb)]), size)).toBe(true);
  });
  it('and at the very end', () => {
    expect(found(Buffer.concat([line(gb), Buffer.from('联通公司')]), size)).toBe(true);
  });
});
