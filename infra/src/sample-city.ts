import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleCity } from '../sample-city/make.ts';

export type { SampleCity };
export type { OverlayEntry } from '../sample-city/overlay.ts';

const folder = join(import.meta.dirname, '../sample-city');

/**
 * The sample city for demonstration: its bodies and overlay (made up, labelled), and the catalogue file that the import
 * takes with `city.import.mapping` and `city.import.organisations`.
 */
export const readSampleCity = (): { city: SampleCity; catalogue: Buffer } => ({
  city: JSON.parse(readFileSync(join(folder, 'city.json'), 'utf8')) as SampleCity,
  catalogue: readFileSync(join(folder, 'catalogue.csv')),
});
