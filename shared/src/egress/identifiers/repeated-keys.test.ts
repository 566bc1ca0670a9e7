import { detect } from './detect.ts';
import { keysWritten, withEveryKey } from './repeated-keys.ts';

const number = '13800138000';

describe('a key written twice in one JSON object hides nothing (E1)', () => {
  it.each([
    ['first of two', `{"p":"${number}","p":"x"}`, '/p'],
    ['last of two', `{"p":"x","p":"${number}"}`, '/p#2'],
    ['the object that is overwritten', `{"a":{"p":"${number}"},"a":1}`, '/a/p'],
    ['the same key by its escape', `{"p":"${number}","\\u0070":1}`, '/p'],
    ['three times, the third name taken', `{"p":1,"p#2":2,"p":3,"p":"${number}"}`, '/p#4'],
    ['in a list', `[{"p":[{"q":"${number}","q":""}]}]`, '/0/p/0/q'],
  ])('%s', (_what, text, path) => {
    expect(detect(text)).toEqual([{ type: 'mobile', detector: 'mobile.segment', path }]);
  });

  it('where nothing is under it, nothing is seen', () => {
    expect(detect('{"p":"x","p":{"q":"y"}}')).toEqual([]);
  });

  it('a text without any is left as it is', () => {
    const text = '{"a":{"a":":","b":[{"a":1},{"a":"\\"a\\":"}]},"b":"{"}';
    expect(withEveryKey(text)).toBe(text);
    expect(keysWritten(text)).toBe(6);
  });
});
