// Decision 0027: words stand in events for the public topics alone, and only where their type says so.
import { z } from 'zod';
import { eventTypeNames, eventTypes } from '../events.ts';
import { caseEvent, Id, PublicText, PublicWords, publicEvent } from './define.ts';
import { asPublicWords } from '../public-words.ts';
import { withoutWords, wordsIn } from './words.ts';

const wordy = (types: typeof eventTypes) =>
  Object.entries(types).filter(
    ([, { visibility, schema }]) => visibility === 'case' && wordsIn(schema).length > 0,
  );

it('no event of a case topic holds words', () => {
  expect(wordy(eventTypes).map(([type]) => type)).toEqual([]);
  const slipped = { ...eventTypes, 'x.y.v1': caseEvent('catalog', '', '', { a: z.array(PublicWords) }) };
  expect(wordy(slipped as typeof eventTypes).map(([type]) => type)).toEqual(['x.y.v1']);
});

it('the public events that hold words, and where', () => {
  const found = eventTypeNames.filter((type) => wordsIn(eventTypes[type].schema).length > 0);
  expect(found).toEqual(
    expect.arrayContaining([
      ...['resource.described.v1', 'party.named.v1', 'product.described.v1', 'publication.worded.v1'],
      ...['serviceFee.titled.v1', 'disclosed.published.v1'],
    ]),
  );
  expect(wordsIn(eventTypes['resource.described.v1'].schema)).toEqual([
    ...['title', 'abstract', 'providerName', 'fields.*.name', 'classification', 'grade'],
  ]);
});

describe('words are bounded and of one line', () => {
  const { schema } = publicEvent('catalog', '', '', { one: PublicWords, text: PublicText.nullable() });
  it.each([
    ['a title', { one: '不动产登记信息', text: null }, true],
    ['a line break', { one: '不动产\n登记', text: null }, false],
    ['a bell', { one: '不动产\u0007', text: null }, false],
    ['nothing', { one: '', text: null }, false],
    ['too long', { one: '长'.repeat(1_001), text: null }, false],
    ['a long text', { one: '题', text: '长'.repeat(160_000) }, true],
    ['a text too long', { one: '题', text: '长'.repeat(160_001) }, false],
  ])('%s', (_name, data, fits) => {
    expect(schema.safeParse(data).success).toBe(fits);
  });

  it.each([
    ['  一行\r\n两行\t', '一行 两行'],
    ['\u0000\u0001', null],
    [null, null],
    ['长'.repeat(20), `${'长'.repeat(9)}…`],
    ['半\ud800个', '半\ufffd个'],
    ['12345678😀0123', '12345678\ufffd…'],
  ])('made to fit: %j', (text, told) => {
    expect(asPublicWords(text, 10)).toBe(told);
  });
});

it('an event without its words: what is left holds none', () => {
  const { schema } = publicEvent('catalog', '', '', {
    id: Id,
    title: PublicWords,
    deep: z.array(z.object({ name: PublicWords.nullable(), code: Id })),
  });
  const data = { id: '张三', title: '题', deep: [{ name: '名', code: '李四' }], more: '王五' };
  expect(withoutWords(schema, data)).toEqual({
    ...{ id: '张三', title: '', deep: [{ name: '', code: '李四' }], more: '王五' },
  });
});
