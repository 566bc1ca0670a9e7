import { decodeCsv } from './decode.ts';
import { isReadable } from './values.ts';

const columns = ['編號', '名稱'];
const hex = (text: string) => Buffer.from(text, 'hex');
/** Written by Python's codecs, not by us. */
const files = {
  'GB18030, with characters outside the basic plane': {
    bytes: 'be8ecc962cc3fbb7510a312ccda3dc8788f69534b2358139ef310a',
    encoding: 'gb18030',
    text: '編號,名稱\n1,停車場𠮷㐂\n',
  },
  'GB18030 with its byte order mark': {
    bytes: '84319533be8ecc962cc3fbb7510a312ccda3dc8788f60a',
    encoding: 'gb18030',
    text: '編號,名稱\n1,停車場\n',
  },
  Big5: {
    bytes: 'bd73b8b92ca657bad90a312cb0b1a8aeb3f5f9d80a',
    encoding: 'big5',
    text: '編號,名稱\n1,停車場裏\n',
  },
  'UTF-8': {
    bytes: 'e7b7a8e8999f2ce5908de7a8b10a312ce5819ce8bb8ae5a0b40a',
    encoding: 'utf-8',
    text: '編號,名稱\n1,停車場\n',
  },
  'UTF-8 with its byte order mark': {
    bytes: 'efbbbfe7b7a8e8999f2ce5908de7a8b10a312ce5819ce8bb8ae5a0b40a',
    encoding: 'utf-8',
    text: '編號,名稱\n1,停車場\n',
  },
  'UTF-16 as spreadsheets write it': {
    bytes: 'fffee87d5f862c000d54317a0a0031002c005c50ca8e34580a00',
    encoding: 'utf-16le',
    text: '編號,名稱\n1,停車場\n',
  },
} as const;

describe('the encoding of a file from an agency', () => {
  it.each(Object.entries(files))('%s', (_, { bytes, encoding, text }) => {
    expect(decodeCsv(hex(bytes), columns)).toEqual({ text, encoding });
  });

  it.each([
    ['gb18030', '81'],
    ['gb18030', '813081'],
    ['big5', 'a4'],
    ['utf-8', 'e4b8'],
  ] as const)('%s refuses a character cut short', (encoding, bytes) => {
    expect(() => decodeCsv(hex(bytes), columns, encoding)).toThrow(/not/);
  });

  it('what Big5 leaves to private use is told apart from text, never taken for it', () => {
    const { text } = decodeCsv(hex('fbdf'), columns, 'big5');
    expect(isReadable(text)).toBe(false);
  });
});
