import { detect } from './detect.ts';

const types = (text: string) => detect(text).map(({ type }) => type);

describe('a number that letters touch (E1)', () => {
  it.each([
    'tel13800138000x',
    'tel13800138000y',
    'phone13800138000abc',
    '13800138000x',
    '13800138000a',
    '联系13800138000X谢谢',
  ])('%s: a mobile, called so or free before', (text) => expect(types(text)).toEqual(['mobile']));

  it.each(['id11010519491231002Xb', 'id11010519491231002X', '11010519491231002xab'])(
    '%s: an identity number by its check character',
    (text) => expect(types(text)).toEqual(['residentId']),
  );

  it.each([
    'SN13800138000',
    'x13800138000a',
    'A13800138000B2',
    '1f13800138000x',
    '13800138000ab1',
    '共13800138000kg钢材',
    '12800138000x',
    'id11010519491231003Xb',
  ])('%s: a code, an amount or no such number', (text) => expect(types(text)).toEqual([]));
});
