/** One text through all detectors, through everything it may be dressed in. */
import { addresses } from './address.ts';
import { bankCards } from './bank-card.ts';
import { decodedTexts } from './base64.ts';
import { axisOf, coordinates, isPosition } from './coordinates.ts';
import { headerOf, type Header } from './cues.ts';
import { emails } from './email.ts';
import { isIdle } from './idle.ts';
import { walkJson } from './json.ts';
import { landlines } from './landline.ts';
import { mobiles } from './mobile.ts';
import { names } from './names.ts';
import { candidates, fillsCell } from './numbers.ts';
import { passports } from './passport.ts';
import { plain } from './plain.ts';
import { plates } from './plate.ts';
import { residentIds } from './resident-id.ts';
import type { Sighting } from './sighting.ts';
import { usccs } from './uscc.ts';

/**
 * Where a text belongs: the cell itself (''), the values of one JSON key, what was under Base64. Values of one series
 * are judged together, as a column is.
 */
export type Place = { series: string; header: Header; path: string | null };

/** Takes what is seen. Every text is told once, with whether it is a number or code that none of the rules took. */
export type Sink = {
  text(place: Place, unexplainedNumber: boolean): void;
  sighting(place: Place, sighting: Sighting): void;
};

const [zero, nine] = [48, 57];

/** Marks that may part the digits of one number. */
const parts = new Set([...' .-·_/\t'].map((one) => one.charCodeAt(0)));

/**
 * Digits, Chinese characters and marks in one pass: most texts need few of the detectors. `run` is the most digits that
 * may be one number.
 */
const traits = (text: string) => {
  let digits = 0;
  let letters = 0;
  let han = 0;
  let at = false;
  let points = 0;
  let run = 0;
  let open = 0;
  let gap = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= zero && code <= nine) {
      digits += 1;
      open = gap <= 3 ? open + 1 : 1;
      gap = 0;
      if (open > run) run = open;
      continue;
    }
    gap = parts.has(code) ? gap + 1 : 4;
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) letters += 1;
    else if (code === 46) points += 1;
    else if (code === 64) at = true;
    else if (code >= 0x3400 && code <= 0x9fff) han += 1;
  }
  return { digits, letters, han, at, points, run };
};

const byDigits = (
  text: string,
  run: number,
  letters: number,
  header: Header,
): { found: Sighting[]; fills: boolean } => {
  const fills = fillsCell(text);
  const numbers = run >= 11 || /\d[eE]/.test(text) ? candidates(text) : [];
  const found = residentIds(numbers, fills);
  const resident = found.some(({ standing }) => standing !== 'miss');
  if (letters > 0 || text.length >= 18)
    for (const one of usccs(text, fills)) if (!resident || one.standing !== 'miss') found.push(one);
  found.push(...mobiles(text, numbers, fills));
  for (const one of bankCards(text, numbers, fills)) if (!resident) found.push(one);
  if (run >= 7) found.push(...landlines(text, fills, header.says.has('landline')));
  if (letters > 0 || header.says.has('passport'))
    found.push(...passports(text, fills, header.says.has('passport')));
  return { found, fills };
};

const lookAt = (raw: string, place: Place, sink: Sink): void => {
  const text = plain(raw);
  const { digits, letters, han, at, points, run } = traits(text);
  let unexplained = false;
  if (digits >= 7) {
    const { found, fills } = byDigits(text, run, letters, place.header);
    for (const one of found) sink.sighting(place, one);
    unexplained = fills && found.every(({ standing }) => standing === 'miss');
    if (points >= 2 || /[°度]/.test(text)) for (const one of coordinates(text)) sink.sighting(place, one);
  }
  if (at) for (const one of emails(text)) sink.sighting(place, one);
  if (han > 0) {
    if (digits + letters >= 4) for (const one of plates(text)) sink.sighting(place, one);
    if (han >= 3 && text.length >= 5) for (const one of addresses(text)) sink.sighting(place, one);
    if (han >= 2) for (const one of names(text, place.header)) sink.sighting(place, one);
  }
  sink.text(place, unexplained);
};

const lookInto = (raw: string, place: Place, sink: Sink, depth: number): void => {
  if (isIdle(raw)) {
    sink.text(place, false);
    return;
  }
  const walked = /^\s*[[{"]/.test(raw) ? walkJson(raw, axisOf) : undefined;
  if (walked) {
    for (const { pointer, pattern, key, text } of walked.leaves) {
      const inner: Place = {
        series: `${place.series}${pattern}`,
        header: key === '' ? place.header : headerOf(key),
        path: `${place.path ?? ''}${pointer}`,
      };
      if (depth < 2) lookInto(text, inner, sink, depth + 1);
      else lookAt(text, inner, sink);
    }
    for (const { pointer, pattern, one, other } of walked.positions)
      if (isPosition(one, other))
        sink.sighting(
          {
            series: `${place.series}${pattern}`,
            header: place.header,
            path: `${place.path ?? ''}${pointer}`,
          },
          { type: 'coordinates', rule: 'coordinates.object', standing: 'sure' },
        );
    return;
  }
  lookAt(raw, place, sink);
  if (raw.length >= 8 && !place.series.startsWith('base64:'))
    for (const text of decodedTexts(plain(raw)))
      lookInto(text, { ...place, series: `base64:${place.series}` }, sink, depth + 1);
};

/** Looks at a cell's text. */
export const examine = (text: string, header: Header, sink: Sink): void =>
  lookInto(text, { series: '', header, path: null }, sink, 0);
