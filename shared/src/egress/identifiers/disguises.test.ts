/** Checksum-true identifiers are found through everything they may be dressed in; so are mobile numbers. */
import fc from 'fast-check';
import { usccCheckDigit } from '../../uscc.ts';
import { isLuhn } from './bank-card.ts';
import { detect } from './detect.ts';
import { residentCheck } from './resident-id.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2025-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
const area = fc.constantFrom('110105', '640502', '510104', '820000', '653101', '460400', '659001');
const resident = fc
  .tuple(area, day, digits(3))
  .map((parts) => parts.join('') + residentCheck(parts.join('')));
const character = fc.constantFrom(...Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY'));
const uscc = fc
  .tuple(
    fc.constantFrom('91', '92', '11', '52', 'A1', 'Y1'),
    area,
    fc.array(character, { minLength: 9, maxLength: 9 }),
  )
  .map(([kind, place, rest]) => kind + place + rest.join(''))
  .filter((first17) => /[A-Z]/.test(first17.slice(8)))
  .map((first17) => first17 + usccCheckDigit(first17));
const card = fc
  .tuple(fc.constantFrom('621700', '622202', '622848'), fc.constantFrom(9, 10, 11, 12), digits(12))
  .map(([issuer, length, rest]) => issuer + rest.slice(0, length))
  .map((first) => Array.from('0123456789', (one) => first + one).find(isLuhn) ?? '');
const mobile = fc
  .tuple(fc.constantFrom('130', '147', '158', '166', '177', '189', '191'), digits(8))
  .map((parts) => parts.join(''));

const identifier = fc.oneof(
  resident.map((text) => ({ type: 'residentId', text })),
  uscc.map((text) => ({ type: 'uscc', text })),
  card.map((text) => ({ type: 'bankCard', text })),
  mobile.map((text) => ({ type: 'mobile', text })),
);
type Identifier = { type: string; text: string };

const fullWidth = (text: string) =>
  Array.from(text, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join('');
const groupsOf = (size: number, mark: string) => (text: string) =>
  (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(mark);
const exponent = (text: string) =>
  /^\d+$/.test(text) ? `${text[0]}.${text.slice(1)}E+${text.length - 1}` : text;
const disguises: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'full width': fullWidth,
  'lower case': (text) => text.toLowerCase(),
  'spaces by four': groupsOf(4, ' '),
  'hyphens by four': groupsOf(4, '-'),
  'dots by three': groupsOf(3, '.'),
  'a mark after each': groupsOf(1, '-'),
  'full-width spaces': groupsOf(4, '\u3000'),
  'long dashes': groupsOf(4, '—'),
  'zero-width characters': groupsOf(2, '\u200b'),
  'soft hyphens and joiners': groupsOf(5, '\u00ad\u2060'),
  'full width with spaces': (text) => groupsOf(4, ' ')(fullWidth(text)),
  'scientific notation': exponent,
  'a trailing .0': (text) => (/^\d+$/.test(text) ? `${text}.0` : text),
  'an apostrophe before': (text) => `'${text}`,
};
const frames: Record<string, (text: string) => string> = {
  alone: (text) => text,
  'in a sentence': (text) => `办件人留下的号码是${text}，请核实。`,
  'between other numbers': (text) => `2024-03-15, ${text}; 共3件`,
  'in brackets': (text) => `（${text}）`,
  'in JSON': (text) => JSON.stringify({ a: [{ b: text }] }),
  'in Base64': (text) => Buffer.from(text).toString('base64'),
  'in Base64 in JSON': (text) =>
    JSON.stringify({ payload: Buffer.from(`号码${text}`).toString('base64url') }),
};
const all = Object.entries(frames).flatMap(([frame, put]) =>
  Object.entries(disguises).map(([disguise, dress]) => ({
    frame,
    disguise,
    say: (text: string) => put(dress(text)),
  })),
);

describe('an identifier in disguise', () => {
  it.each(all)('$disguise, $frame', ({ say }) =>
    fc.assert(
      fc.property(identifier, ({ type, text }: Identifier) =>
        expect(detect(say(text)).map((found) => found.type)).toContain(type),
      ),
      { numRuns: 25, seed: 20_261_122 },
    ),
  );

  it('a JSON number keeps its digits', () =>
    fc.assert(
      fc.property(fc.oneof(card, mobile), (text) =>
        expect(detect(`{"n":${text}}`)).toEqual(
          expect.arrayContaining([expect.objectContaining({ path: '/n' })]),
        ),
      ),
      { numRuns: 200, seed: 20_261_122 },
    ));

  it('digits that a spreadsheet has dropped prove nothing', () => {
    expect(detect('1.10105E+17')).toEqual([]);
    expect(detect('6.222E+18')).toEqual([]);
    expect(detect('1.38E+10')).toEqual([]);
  });

  it('no text makes the detectors fail, and the same text always gives the same', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json(), fc.base64String()),
        (text) => expect(detect(text)).toEqual(detect(text)),
      ),
      { numRuns: 2_000, seed: 20_261_122 },
    ));

  it.each([
    '1 ',
    '0-',
    '张',
    'a@',
    '{"a":',
    '[',
    'a13812345678 ',
    '电话0 ',
    '由王',
    '王·',
    '9'.repeat(17),
    'E1',
    '路1',
    '姓名',
    'QUFB',
    ' ',
    '. ',
  ])('time grows with the length alone: %j thirty thousand characters long', (part) => {
    const text = part.repeat(Math.ceil(30_000 / part.length));
    const before = performance.now();
    detect(text);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
