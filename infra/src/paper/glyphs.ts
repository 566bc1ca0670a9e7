/** Which characters a font can draw, and text made so that it can be drawn: what cannot is shown by its code point. */

/** Reads the characters of a TrueType font from its `cmap`, format 12 (all of Unicode). @throws Error without one. */
export const charactersOf = (font: Uint8Array): ReadonlySet<number> => {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = Array.from({ length: view.getUint16(4) }, (_, at) => 12 + 16 * at);
  const cmap = tables.find((at) => view.getUint32(at) === 0x63_6d_61_70);
  if (cmap === undefined) throw new Error('the font has no cmap');
  const start = view.getUint32(cmap + 8);
  const found = new Set<number>();
  for (let at = 0; at < view.getUint16(start + 2); at += 1) {
    const table = start + view.getUint32(start + 8 + 8 * at);
    if (view.getUint16(table) !== 12) continue;
    for (let group = 0; group < view.getUint32(table + 12); group += 1) {
      const [first, last, glyph] = [0, 4, 8].map((part) => view.getUint32(table + 16 + 12 * group + part));
      if (first === undefined || last === undefined || glyph === undefined) break;
      for (let code = first; code <= last; code += 1) if (glyph + code - first > 0) found.add(code);
    }
    return found;
  }
  throw new Error('the font has no cmap of format 12');
};

/** Nothing a reader sees: controls, marks of direction, joiners, selectors of variants. They are left out and told. */
const unseen = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Variation_Selector}/u;
/** After so many characters without a place to break (a hash, a long word), a line may break all the same. */
const longestRun = 14;
/** A line may break behind these, where anything stands before them: 640500-CP- is followed by 2026. */
const joints = new Set('-_/:@');
const breaks = /[\s\u2e80-\uffef\u{20000}-\u{3ffff}]/u;

/** `〔U+20BB7〕`. */
export const codeText = (character: string): string =>
  `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`;

/** Text as the page takes it: one piece, or pieces between which a line may break, `\n` where one ends. */
export type Pieces = string | string[];

/** Makes text fit for a font; `missing` gathers what had to be shown by its code point or left out. */
export const fitText =
  (characters: ReadonlySet<number>, missing: Set<string>) =>
  (text: string): Pieces => {
    const pieces: string[] = [];
    let piece = '';
    let run = 0;
    const end = () => {
      if (piece !== '') pieces.push(piece);
      piece = '';
      run = 0;
    };
    for (const character of text.toWellFormed().replaceAll(/\r\n?/g, '\n')) {
      if (character === '\n') {
        end();
        pieces.push('\n');
        continue;
      }
      const shown = character === '\t' || character === '\u00a0' ? ' ' : character;
      if (unseen.test(shown)) {
        missing.add(character);
        continue;
      }
      if (!characters.has(shown.codePointAt(0) ?? 0)) {
        missing.add(character);
        end();
        pieces.push(codeText(character));
        continue;
      }
      run = breaks.test(shown) ? 0 : run + 1;
      if (run > longestRun) end();
      piece += shown;
      if (run > 1 && joints.has(shown)) end();
    }
    end();
    return pieces.length === 0 ? '' : pieces.length === 1 ? (pieces[0] as string) : pieces;
  };
