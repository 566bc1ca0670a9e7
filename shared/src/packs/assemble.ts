import {
  type Fault,
  type TopicFile,
  citesOf,
  entryFaults,
  parseInstruments,
  parseJurisdiction,
  parseTopicFile,
} from './parse.ts';
import { type Instruments, type JurisdictionFile, isInherited } from './schema.ts';

/** A file as it lies in the folder of packs: `zhongwei/catalog.yaml`, `instruments.yaml`. */
export type SourceFile = { path: string; text: string };

/** One jurisdiction's own files, read; nothing inherited yet. */
export type OwnPack = JurisdictionFile & { jurisdiction: string; files: TopicFile[] };
export type Assembled = { packs: Map<string, OwnPack>; instruments: Instruments };

/** The packs are refused whole; each fault has its file, line and reason. */
export class PacksRefused extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ file, line, reason }) => `${file}:${line} ${reason}`).join('\n'));
    this.name = 'PacksRefused';
    this.faults = faults;
  }
}

/** The jurisdiction and all above it, nearest first. Stops at a parent that is missing or comes again. */
export const lineOfDescent = (packs: ReadonlyMap<string, OwnPack>, jurisdiction: string): string[] => {
  const line: string[] = [];
  for (
    let at: string | undefined = jurisdiction;
    at && packs.has(at) && !line.includes(at);
    at = packs.get(at)?.parent
  )
    line.push(at);
  return line;
};

const owned = (packs: ReadonlyMap<string, OwnPack>, instruments: Instruments, file: TopicFile): Fault[] => {
  const line = lineOfDescent(packs, file.jurisdiction);
  const whyNot = (instrument: string): string | undefined => {
    const owner = instruments[instrument]?.jurisdiction;
    if (owner === undefined) return `instruments.yaml does not name ${instrument}`;
    return line.includes(owner)
      ? undefined
      : `borrows from ${owner}: ${instrument} is no law of ${file.jurisdiction}, silence is never filled from another city`;
  };
  const head = whyNot(file.instrument);
  return [
    ...(head ? [{ file: file.file, line: file.lineAt(['instrument']), reason: head }] : []),
    ...citesOf(file).flatMap(({ key, instrument, line: at }) => {
      const reason = instrument === file.instrument ? undefined : whyNot(instrument);
      return reason ? [{ file: file.file, line: at, reason: `rules.${key}: ${reason}` }] : [];
    }),
  ];
};

const inherited = (packs: ReadonlyMap<string, OwnPack>, file: TopicFile): Fault[] => {
  const parent = packs.get(file.jurisdiction)?.parent;
  return Object.entries(file.rules).flatMap(([key, rule]) => {
    if (!isInherited(rule)) return [];
    const at = { file: file.file, line: file.lineAt(['rules', key]) };
    if (rule.inherits !== parent)
      return [
        {
          ...at,
          reason: `rules.${key} borrows from ${rule.inherits}: ${file.jurisdiction} inherits from ${parent ?? 'nobody'} alone, never sideways`,
        },
      ];
    const above = packs.get(parent)?.files.find(({ topic }) => topic === file.topic);
    return above ? [] : [{ ...at, reason: `rules.${key}: ${parent} has no ${file.topic} to inherit from` }];
  });
};

/**
 * Reads every file of the folder of packs and checks what no file can know alone: parents, inheritance, ownership of
 * the instruments cited. Throws `PacksRefused` with every fault found.
 */
export const assemblePacks = (sources: readonly SourceFile[]): Assembled => {
  const faults: Fault[] = [];
  const instrumentFile = sources.find(({ path }) => path === 'instruments.yaml');
  const instruments = parseInstruments('instruments.yaml', instrumentFile?.text ?? '');
  faults.push(...instruments.faults);
  const packs = new Map<string, OwnPack>();
  const parentLines = new Map<string, number>();
  for (const { path, text } of sources.filter((source) => source.path.endsWith('/jurisdiction.yaml'))) {
    const jurisdiction = path.slice(0, path.indexOf('/'));
    const parsed = parseJurisdiction(path, text);
    faults.push(...parsed.faults);
    if (!parsed.value) continue;
    const { parentLine, ...own } = parsed.value;
    packs.set(jurisdiction, { ...own, jurisdiction, files: [] });
    parentLines.set(jurisdiction, parentLine);
  }
  for (const { path, text } of sources) {
    const [jurisdiction = '', name] = path.split('/');
    if (name === undefined || name === 'jurisdiction.yaml') continue;
    const parsed = parseTopicFile(jurisdiction, path, text);
    faults.push(...parsed.faults);
    const pack = packs.get(jurisdiction);
    if (!pack)
      faults.push({
        file: path,
        line: 1,
        reason: `no usable ${jurisdiction}/jurisdiction.yaml stands beside it`,
      });
    else if (parsed.value) pack.files.push(parsed.value);
  }
  for (const { jurisdiction, parent, inherits, files } of packs.values()) {
    const file = `${jurisdiction}/jurisdiction.yaml`;
    const line = parentLines.get(jurisdiction) ?? 1;
    if (parent !== undefined && !packs.has(parent))
      faults.push({ file, line, reason: `parent ${parent} has no pack` });
    if (inherits !== undefined && inherits !== parent)
      faults.push({
        file,
        line,
        reason: `borrows from ${inherits}: ${jurisdiction} inherits from ${parent ?? 'nobody'} alone, never sideways`,
      });
    const top = lineOfDescent(packs, jurisdiction).at(-1);
    if (top !== undefined && packs.get(top)?.parent !== undefined && packs.has(packs.get(top)?.parent ?? ''))
      faults.push({ file, line, reason: 'is its own forebear' });
    for (const topicFile of files)
      faults.push(
        ...owned(packs, instruments.value ?? {}, topicFile),
        ...inherited(packs, topicFile),
        ...entryFaults(topicFile),
      );
  }
  if (faults.length > 0) throw new PacksRefused(faults);
  return { packs, instruments: instruments.value ?? {} };
};
