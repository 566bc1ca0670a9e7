import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembled, assemblePacks } from '@gongshu/shared/packs/assemble';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { type Fault, citesOf } from '@gongshu/shared/packs/parse';
import type { Instruments } from '@gongshu/shared/packs/schema';
import { type SearchableText, placeOf, searchable } from './cite-text.ts';
import { packsDir, readPackFiles, sha256 } from './packs.ts';

/** One cite and where its words stand. `text` and `place` are null where the instrument's text is not held. */
export type LockLine = {
  instrument: string;
  article: string;
  quote: string;
  /** SHA-256 of the text in which the words were found. */
  text: string | null;
  /** Characters from the start of the text without white space, page numbers and mark-up. */
  place: number | null;
};
export type CiteReport = {
  lines: LockLine[];
  faults: Fault[];
  /** Instruments cited whose text is not held. */
  unverified: string[];
};

type Cited = ReturnType<typeof citesOf>[number] & { file: string };
type Texts = Map<string, SearchableText & { sha256: string }>;

const lockFile = (dir: string) => join(dir, 'cites.lock');
const nameOf = ({ instrument, article, quote }: Pick<LockLine, 'instrument' | 'article' | 'quote'>): string =>
  `${instrument}\n${article}\n${quote}`;

const citesIn = ({ packs }: Assembled): Cited[] =>
  [...packs.values()].flatMap(({ files }) =>
    files.flatMap((file) => citesOf(file).map((cite) => ({ ...cite, file: file.file }))),
  );

/** The texts in a folder: by their hash, or by a file named `<instrument>.txt`. */
export const readTexts = (dir: string, instruments: Instruments): Texts => {
  const byHash = new Map<string, string>();
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (statSync(path).isFile()) byHash.set(sha256(readFileSync(path)), path);
  }
  const texts: Texts = new Map();
  for (const [instrument, { sha256: hash }] of Object.entries(instruments)) {
    const named = join(dir, `${instrument}.txt`);
    const path = (hash && byHash.get(hash)) ?? (existsSync(named) ? named : undefined);
    if (!path) continue;
    const content = readFileSync(path);
    texts.set(instrument, { ...searchable(content.toString('utf8')), sha256: sha256(content) });
  }
  return texts;
};

/** Looks for every cite of the packs in the texts of a folder. Nothing is written. */
export const findCites = ({
  sourcesDir,
  dir = packsDir,
}: {
  sourcesDir: string;
  dir?: string;
}): CiteReport => {
  const assembled = assemblePacks(readPackFiles(dir));
  const texts = readTexts(sourcesDir, assembled.instruments);
  const lines = new Map<string, LockLine>();
  const faults: Fault[] = [];
  for (const cite of citesIn(assembled)) {
    const { instrument, article, quote, file, line } = cite;
    const source = texts.get(instrument);
    const place = source && placeOf(source, article, quote);
    if (source && place === undefined)
      faults.push({ file, line, reason: `not found in ${instrument} ${article}: ${quote}` });
    if (!source && assembled.instruments[instrument]?.sha256)
      faults.push({ file, line, reason: `the folder of texts lacks ${instrument}` });
    lines.set(nameOf(cite), {
      instrument,
      article,
      quote,
      text: source?.sha256 ?? null,
      place: place ?? null,
    });
  }
  const sorted = [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const unverified = [
    ...new Set(sorted.filter(({ text }) => text === null).map(({ instrument }) => instrument)),
  ];
  return { lines: sorted, faults, unverified };
};

const written = (lines: readonly LockLine[]): string =>
  lines.map((line) => `${canonicalJson(line)}\n`).join('');

/** Finds every cite and writes `cites.lock`, unless one is not found. */
export const lockCites = (options: { sourcesDir: string; dir?: string }): CiteReport => {
  const report = findCites(options);
  if (report.faults.length === 0) writeFileSync(lockFile(options.dir ?? packsDir), written(report.lines));
  return report;
};

/** The lines of `cites.lock`. */
export const readLock = (dir: string = packsDir): LockLine[] =>
  existsSync(lockFile(dir))
    ? readFileSync(lockFile(dir), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as LockLine)
    : [];

/**
 * Compares packs with `cites.lock`: a cite without a line and a line without a cite are faults. With a folder of
 * texts, the places are looked up again and compared too.
 */
export const lockFaults = ({
  dir = packsDir,
  sourcesDir,
}: {
  dir?: string;
  sourcesDir?: string;
} = {}): Fault[] => {
  const cites = citesIn(assemblePacks(readPackFiles(dir)));
  const lock = readLock(dir);
  const locked = new Set(lock.map(nameOf));
  const cited = new Set(cites.map(nameOf));
  const faults = [
    ...cites
      .filter((cite) => !locked.has(nameOf(cite)))
      .map(({ file, line, quote }) => ({ file, line, reason: `cites.lock has no line for ${quote}` })),
    ...lock.flatMap((entry, index) =>
      cited.has(nameOf(entry))
        ? []
        : [{ file: 'cites.lock', line: index + 1, reason: `no pack cites ${entry.quote}` }],
    ),
  ];
  if (sourcesDir === undefined) return faults;
  const found = findCites({ sourcesDir, dir });
  const places = new Map(found.lines.map((line) => [nameOf(line), canonicalJson(line)]));
  const moved = lock.flatMap((entry, index) =>
    (places.get(nameOf(entry)) ?? canonicalJson(entry)) === canonicalJson(entry)
      ? []
      : [
          {
            file: 'cites.lock',
            line: index + 1,
            reason: `the words stand elsewhere or in another text: ${entry.quote}`,
          },
        ],
  );
  return [...faults, ...found.faults, ...moved];
};
