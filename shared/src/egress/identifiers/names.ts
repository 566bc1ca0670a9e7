/** Names of persons: a whole cell, which its column must bear out; in running text, beside a word that speaks of a person. */
import type { Header } from './cues.ts';
import { anyNameCue, beforeTitle, nameBegins, nameEnds, particulars } from './name-cues.ts';
import { isSounded, looksLike, nameWeight, sound, surnameLength } from './name-forms.ts';
import type { Sighting } from './sighting.ts';

const soundedPair = new RegExp(`${sound}{2}[·.]${sound}{2}`);
const dottedHere = /[\u3400-\u9fff]{1,8}·[\u3400-\u9fff]{1,10}/y;
const soundedRun = new RegExp(`${sound}{3,10}`, 'y');

const endsAt = (text: string, at: number): boolean => {
  nameEnds.lastIndex = at;
  return nameEnds.test(text);
};

/** A name written sound by sound, with a dot between or without (扎西次仁), to its end. */
const soundedAt = (text: string, at: number): boolean => {
  dottedHere.lastIndex = at;
  if (dottedHere.test(text)) return true;
  soundedRun.lastIndex = at;
  const run = soundedRun.exec(text)?.[0].length ?? 0;
  for (let length = run; length >= 3; length -= 1) if (endsAt(text, at + length)) return true;
  return false;
};

/** Whether a name of weight `least` and more stands at a place, with nothing after it that would go on with it. */
const nameAt = (text: string, at: number, least: number, rare: boolean): boolean => {
  const rest = text.slice(at, at + 5);
  const family = surnameLength(rest, rare);
  if (family === 0) return false;
  for (const length of [4, 3, 2]) {
    const one = rest.slice(0, length);
    if (
      length <= family ||
      !/^[\u3400-\u9fff]+$/.test(one) ||
      one.length < length ||
      !endsAt(text, at + length)
    )
      continue;
    const weight = nameWeight(one, rare);
    if (weight !== undefined && weight >= least) return true;
  }
  return false;
};

/** Spaces that spread a name (张 伟) closed up. */
const close = (text: string): string => text.replaceAll(/(?<=[\u3400-\u9fff])[ \t]+(?=[\u3400-\u9fff])/g, '');

/** Whether the last characters before a title are a full name, not a family name alone. */
const endsInName = (run: string): boolean => {
  if (run.length >= 3 && isSounded(run.slice(-4), 1)) return true;
  return [3, 2, 4].some((length) => {
    if (run.length < length) return false;
    const weight = nameWeight(run.slice(-length));
    return weight !== undefined && weight >= (length === 2 && run.length > 2 ? 1 : -0.5);
  });
};

const inText = (text: string): boolean => {
  if (!anyNameCue.test(text)) return false;
  if (/[·.]/.test(text) && soundedPair.test(text)) return true;
  for (const { cue, least, marked } of nameBegins)
    for (const match of text.matchAll(cue)) {
      const at = match.index + match[0].length;
      const isMarked = /[:：=]/.test(match[0]);
      if (nameAt(text, at, isMarked ? marked : least, marked < 0) || (marked < 0 && soundedAt(text, at)))
        return true;
    }
  for (const match of text.matchAll(beforeTitle)) if (endsInName(match[1] ?? '')) return true;
  for (const match of text.matchAll(particulars)) {
    const run = match[1] ?? '';
    const weight = nameWeight(run);
    if ((weight !== undefined && weight >= -0.5) || (run.length >= 3 && isSounded(run, 1))) return true;
  }
  return false;
};

/** Names in a plain text with Chinese characters; whole cells weigh by their header and column. */
export const names = (text: string, header: Header): Sighting[] => {
  const look = text.length <= 24 ? looksLike(text) : undefined;
  if (look === 'name') return [{ type: 'name', rule: 'name.column', standing: 'column' }];
  if (text.length >= 5 && inText(close(text))) return [{ type: 'name', rule: 'name.cue', standing: 'sure' }];
  return look === 'perhaps' || (look === 'han' && header.person !== 'no')
    ? [{ type: 'name', rule: 'name.weak', standing: 'column' }]
    : [];
};
