import { languageOf } from './language.ts';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['fr', 'zh'],
    ['en-GB', 'en'],
    ['en;q=0.3, zh-CN;q=0.9', 'zh'],
    ['zh;q=0.3,en;q=0.9', 'en'],
    ['en;q=0', 'zh'],
    ['en;q=x', 'zh'],
  ])('%j is %s', (header, language) => expect(languageOf(header)).toBe(language));
});
