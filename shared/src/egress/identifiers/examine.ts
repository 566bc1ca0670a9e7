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
import { traitsOf, type Traits } from './traits.ts';
import { usccs } from './uscc.ts';

/**
 * Where a text belongs: the cell itself (''), the values of one JSON key, what was under Base64. Values of one series
 * are judged together, as a column is.
 */
export type Place = { series: string; header: Header; path: string | null };

/**
 * Takes what is seen. Every text is told once, with whether it is a number or code that none of the rules took; a number
 * of JSON that is not is no text.
 */
export type Sink = {
  text(place: Place, unexplainedNumber: boolean): void;
  sighting(place: Place, sighting: Sighting): void;
};

/** Sightings of the kinds that are made of digits. `fills` where the whole text is one number or code. */
const byDigits = (text: string, traits: Traits, { says }: Header, fills: boolean): Sighting[] => {
  const { number, code, letters } = traits;
  const numbers = number >= 11 || (letters > 0 && /\d[eE]/.test(text)) ? candidates(text) : [];
  const found = numbers.length > 0 ? residentIds(numbers, fills) : [];
  const resident = found.some(({ standing }) => standing !== 'miss');
  if (code >= 18)
    for (const one of usccs(text, fills)) if (!resident || one.standing !== 'miss') found.push(one);
  if (numbers.length > 0) {
    found.push(...mobiles(text, numbers, fills));
    found.push(...bankCards(text, numbers, fills));
  }
  if (number >= 7) found.push(...landlines(text, fills, says.has('landline')));
  if (letters > 0 || says.has('passport')) found.push(...passports(text, fills, says.has('passport')));
  return found;
};

const lookAt = (text: string, traits: Traits, place: Place, sink: Sink): void => {
  const { digits, letters, han, at, points } = traits;
  let unexplained = false;
  if (digits >= 7) {
    const fills = han === 0 && fillsCell(text);
    const found = byDigits(text, traits, place.header, fills);
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
  const walked = depth < 3 && /^\s*[[{"]/.test(raw) ? walkJson(raw, axisOf) : undefined;
  if (walked) {
    for (const { pointer, pattern, key, text, number } of walked.leaves) {
      if (number && text.length < 7) continue;
      const inner: Place = {
        series: `${place.series}${pattern}`,
        header: key === '' ? place.header : headerOf(key),
        path: `${place.path ?? ''}${pointer}`,
      };
      lookInto(text, inner, sink, depth + 1);
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
  const text = plain(raw);
  const traits = traitsOf(text);
  lookAt(text, traits, place, sink);
  if (traits.word < 8 || place.series.startsWith('base64:')) return;
  for (const inner of decodedTexts(text, traits.word))
    lookInto(inner, { ...place, series: `base64:${place.series}` }, sink, depth + 1);
};

/** Looks at a cell's text. */
export const examine = (text: string, header: Header, sink: Sink): void =>
  lookInto(text, { series: '', header, path: null }, sink, 0);
