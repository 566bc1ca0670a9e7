import { LineCounter, type Document, isMap, isPair, isScalar, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import {
  FileHead,
  type Instruments,
  InstrumentsFile,
  JurisdictionFile,
  type Rule,
  isCited,
  ruleSchema,
} from './schema.ts';
import { type TopicName, keysOf, topicOfFile } from './topics.ts';

/** Why a file is refused: which file, which line (from 1), and the reason in one sentence. */
export type Fault = { file: string; line: number; reason: string };
export type Parsed<T> = { value: T; faults: [] } | { value?: undefined; faults: Fault[] };

type Path = readonly PropertyKey[];
type Read = { content: unknown; lineAt: (path: Path) => number; faults: Fault[] };

/** Reads YAML and keeps the places; repeated keys and aliases are refused. */
const readYaml = (file: string, text: string): Read => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, stringKeys: true });
  const faults = [...document.errors, ...document.warnings].map((error) => ({
    file,
    line: error.linePos?.[0].line ?? 1,
    reason: error.message.split('\n')[0]!.replace(/ at line \d+.*$/, ''),
  }));
  visit(document, {
    Alias: (_, node) => {
      faults.push({
        file,
        line: lines.linePos(node.range![0]).line,
        reason: 'an alias hides what a rule says: write it out',
      });
    },
  });
  const content: unknown = faults.length === 0 ? document.toJS() : undefined;
  return { content, lineAt: (path) => lineOf(document, lines, path), faults };
};

/** The line of the deepest part of the path that stands in the document: the key's, not its value's. */
const lineOf = (document: Document.Parsed, lines: LineCounter, path: Path): number => {
  let offset = 0;
  let node: unknown = document.contents;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
      );
      if (!pair) break;
      if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0];
      node = pair.value;
    } else {
      const entry: unknown = (node as { items?: unknown[] } | null)?.items?.[Number(part)];
      if (entry === undefined) break;
      offset = (entry as { range?: [number] | null }).range?.[0] ?? offset;
      node = entry;
    }
  }
  return lines.linePos(offset).line;
};

const faultsOf = (file: string, read: Read, issues: readonly z.core.$ZodIssue[], at: Path): Fault[] =>
  issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    const place = path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys')
      return [{ file, line: read.lineAt(path), reason: `${place || 'the file'}: ${issue.message}` }];
    return issue.keys.map((key) => ({
      file,
      line: read.lineAt([...path, key]),
      reason: `unknown key ${[...path.map(String), key].join('.')}`,
    }));
  });

const checked = <T>(file: string, text: string, schema: z.ZodType<T>): { read: Read; parsed: Parsed<T> } => {
  const read = readYaml(file, text);
  if (read.faults.length > 0) return { read, parsed: { faults: read.faults } };
  const result = schema.safeParse(read.content);
  return {
    read,
    parsed: result.success
      ? { value: result.data, faults: [] }
      : { faults: faultsOf(file, read, result.error.issues, []) },
  };
};

/** Reads a `jurisdiction.yaml`. */
export const parseJurisdiction = (
  file: string,
  text: string,
): Parsed<JurisdictionFile & { parentLine: number }> => {
  const { read, parsed } = checked(file, text, JurisdictionFile);
  return parsed.value
    ? { value: { ...parsed.value, parentLine: read.lineAt(['parent']) }, faults: [] }
    : parsed;
};

/** Reads `instruments.yaml`. */
export const parseInstruments = (file: string, text: string): Parsed<Instruments> =>
  checked(file, text, InstrumentsFile).parsed;

/** One topic of one jurisdiction as its file says it; `lineAt` gives the line of a rule or a part of it. */
export type TopicFile = Omit<FileHead, 'rules'> & {
  file: string;
  jurisdiction: string;
  topic: TopicName;
  rules: Record<string, Rule>;
  lineAt: (path: Path) => number;
};

/**
 * Reads `<jurisdiction>/<topic>.yaml`. Refused, each with file, line and reason: a topic or key that the schema
 * doesn't know, a key that is missing, a value of the wrong shape, a rule that neither cites nor says it is silent.
 */
export const parseTopicFile = (jurisdiction: string, file: string, text: string): Parsed<TopicFile> => {
  const topic = topicOfFile(file.slice(file.lastIndexOf('/') + 1));
  if (!topic) return { faults: [{ file, line: 1, reason: 'no topic has this name' }] };
  const { read, parsed } = checked(file, text, FileHead);
  if (!parsed.value) return parsed;
  const keys = keysOf(topic);
  const { rules: raw, ...head } = parsed.value;
  const faults: Fault[] = [];
  const rules: Record<string, Rule> = {};
  for (const [name, rule] of Object.entries(raw)) {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!key) {
      faults.push({ file, line: read.lineAt(['rules', name]), reason: `unknown key rules.${name}` });
      continue;
    }
    const result = ruleSchema(key, rule).safeParse(rule);
    if (result.success) rules[name] = result.data as Rule;
    else faults.push(...faultsOf(file, read, result.error.issues, ['rules', name]));
  }
  for (const name of Object.keys(keys).filter((key) => !Object.hasOwn(raw, key)))
    faults.push({
      file,
      line: read.lineAt(['rules']),
      reason: `missing key rules.${name}: cite it, be silent or inherit`,
    });
  if (faults.length > 0) return { faults };
  return { value: { ...head, file, jurisdiction, topic, rules, lineAt: read.lineAt }, faults: [] };
};

/** Every cite of a file with the line it stands on, its instrument filled in. */
export const citesOf = (file: TopicFile) =>
  Object.entries(file.rules).flatMap(([key, rule]) =>
    isCited(rule)
      ? [
          { key, row: rule.row, cite: rule.cite, line: file.lineAt(['rules', key, 'cite']) },
          ...(rule.also ?? []).map((cite, index) => ({
            key,
            row: rule.row,
            cite,
            line: file.lineAt(['rules', key, 'also', index]),
          })),
        ].map(({ cite, ...place }) => ({ ...place, ...cite, instrument: cite.instrument ?? file.instrument }))
      : [],
  );

/** Places that entries of a value name (`article`, `articles`), wherever they lie in it. */
const articlesWithin = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(articlesWithin);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([word, part]) => {
    if (word === 'article' || word === 'articles') return [part].flat().map(String);
    return articlesWithin(part);
  });
};

/** Entries of a cited value that name an article which the rule itself doesn't cite. */
export const entryFaults = (file: TopicFile): Fault[] =>
  Object.entries(file.rules).flatMap(([key, rule]) => {
    if (!isCited(rule)) return [];
    const cited = new Set([rule.cite, ...(rule.also ?? [])].map(({ article }) => article));
    return articlesWithin(rule.value)
      .filter((article) => !cited.has(article))
      .map((article) => ({
        file: file.file,
        line: file.lineAt(['rules', key, 'value']),
        reason: `rules.${key} has an entry by ${article}, which it doesn't cite`,
      }));
  });
