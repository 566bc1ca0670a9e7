/** Coordinates of a place in China precise enough to be one house: four decimals are eleven metres. */
import type { Sighting } from './sighting.ts';

/** China's box, the nine-dash line's islands included. */
const isLongitude = (degrees: number): boolean => degrees >= 73 && degrees <= 136;
const isLatitude = (degrees: number): boolean => degrees >= 3 && degrees <= 54;

/** A longitude and a latitude in either order. */
export const isPlaceInChina = (one: number, other: number): boolean =>
  (isLongitude(one) && isLatitude(other)) || (isLatitude(one) && isLongitude(other));

const between = '[\\s,，;；/|°ENenSWsw东经北纬度：:="\'(){}\\[\\]&_a-zA-Z]{1,16}?';
const pair = new RegExp(
  `(?<![\\d.])(\\d{1,3}\\.\\d{4,18})${between}(\\d{1,3}\\.\\d{4,18})(?!\\d|\\.\\d)`,
  'g',
);
const wkt =
  /\b(?:point|linestring|polygon|multipoint)(?:\s*z?m?)\s*\(+\s*(\d{1,3}\.\d{3,18})\s+(\d{1,3}\.\d{3,18})/i;
const sexagesimal = /(\d{1,3}) ?[°度] ?\d{1,2} ?['′分] ?\d{1,2}(?:\.\d+)? ?(?:["″秒]|''|′′)?/g;

/** Pairs in a plain text: decimal degrees, degrees with minutes and seconds, WKT. */
export const coordinates = (text: string): Sighting[] => {
  const found: Sighting[] = [{ type: 'coordinates', rule: 'coordinates.pair', standing: 'sure' }];
  for (const match of text.matchAll(pair))
    if (isPlaceInChina(Number(match[1]), Number(match[2]))) return found;
  const shape = wkt.exec(text);
  if (shape && isPlaceInChina(Number(shape[1]), Number(shape[2]))) return found;
  if (!/[°度]/.test(text)) return [];
  const degrees = [...text.matchAll(sexagesimal)].map((match) => Number(match[1]));
  return degrees.some((one, at) => isPlaceInChina(one, degrees[at + 1] ?? 0)) ? found : [];
};

const longitudeName =
  /^(?:.*经度|.*longitude|lon|lng|long|.*[_ ](?:lon|lng|long)|(?:lon|lng)[_ ].*|(?:.*坐标)?[xX](?:坐标)?|gps_?[xX]|jd)$/i;
const latitudeName = /^(?:.*纬度|.*latitude|lat|.*[_ ]lat|lat[_ ].*|(?:.*坐标)?[yY](?:坐标)?|gps_?[yY]|wd)$/i;

/** Whether a header or key calls its values longitudes or latitudes. */
export const axisOf = (name: string): 'longitude' | 'latitude' | undefined => {
  const text = name.normalize('NFKC').trim();
  return longitudeName.test(text) ? 'longitude' : latitudeName.test(text) ? 'latitude' : undefined;
};

/** Digits after the point of a decimal number. */
export const decimalsOf = (text: string): number =>
  /^\s*\d{1,3}\.(\d+)\s*°?\s*$/.exec(text)?.[1]?.length ?? 0;

/** Whether two numbers as written are a place: in the box, both with three decimals, one of them with four. */
export const isPosition = (one: string, other: string): boolean => {
  const decimals = [decimalsOf(one), decimalsOf(other)];
  return (
    Math.min(...decimals) >= 3 &&
    Math.max(...decimals) >= 4 &&
    isPlaceInChina(Number.parseFloat(one), Number.parseFloat(other))
  );
};
