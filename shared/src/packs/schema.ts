import { z } from 'zod';
import { isBusinessDate } from '../business-date.ts';
import { type Key, Row, rowsOf } from './topic.ts';

/** `must`: enforced. `may`: possible. `says`: the value is cited and served. */
export const Force = z.enum(['must', 'may', 'says']);
export type Force = z.infer<typeof Force>;

const Text = z.string().trim().min(1);
const DateOn = z.string().refine(isBusinessDate, 'a date is written YYYY-MM-DD');

/** A place in a text: `article` as the text numbers it (二十一; 六（三）), `quote` a few of its words to find it by. */
export const Cite = z.strictObject({
  instrument: Text.optional(),
  article: Text,
  quote: Text.max(25, 'a quote is a few words, at most 25 characters, never a sentence'),
});
export type Cite = z.infer<typeof Cite>;

export type CitedRule = { row?: string; force: Force; value: unknown; cite: Cite; also?: Cite[] };
export type SilentRule = { value: unknown; silent: string; searched?: string[] };
export type InheritedRule = { inherits: string };
export type Rule = CitedRule | SilentRule | InheritedRule;

export const isCited = (rule: Rule): rule is CitedRule => 'cite' in rule;
export const isSilent = (rule: Rule): rule is SilentRule => 'silent' in rule;
export const isInherited = (rule: Rule): rule is InheritedRule => 'inherits' in rule;

const Inherited = z.strictObject({ inherits: Text });
const silentRule = ({ value }: Key) =>
  z.strictObject({ value, silent: Text, searched: z.array(Text).min(1).optional() });

const citedRule = (key: Key) => {
  const rows = rowsOf(key);
  const row = Row.refine(
    (name) => rows.length === 0 || rows.includes(name),
    `the key answers ${rows.join(', ')}`,
  );
  return z.strictObject({
    row: rows.length > 0 ? row : row.optional(),
    force: Force,
    value: key.value,
    cite: Cite,
    also: z.array(Cite).min(1).optional(),
  });
};

/** The schema of one rule: inherited, silent or cited, as the words it uses say. A rule without any must cite. */
export const ruleSchema = (key: Key, raw: unknown): z.ZodType => {
  const words = typeof raw === 'object' && raw !== null ? raw : {};
  if ('inherits' in words) return Inherited;
  return 'silent' in words ? silentRule(key) : citedRule(key);
};

/** The head of a policy file: which instrument it reads, and whether and since when that is law. */
export const FileHead = z
  .strictObject({
    instrument: Text,
    /** The title under which a draft was adopted, where it differs. */
    adoptedAs: Text.optional(),
    number: Text.optional(),
    status: z.enum(['draft', 'inForce']),
    /** First and last day in force, both inclusive, Asia/Shanghai. */
    from: DateOn.optional(),
    until: DateOn.optional(),
    rules: z.record(z.string(), z.unknown()),
  })
  .superRefine(({ status, number, from, until }, issues) => {
    if (status === 'inForce' && (number === undefined || from === undefined))
      issues.addIssue({
        code: 'custom',
        path: ['status'],
        message: 'what is in force names its number and from',
      });
    if (from !== undefined && until !== undefined && until < from)
      issues.addIssue({ code: 'custom', path: ['until'], message: 'ends before it begins' });
  });
export type FileHead = z.infer<typeof FileHead>;

/** Acts and bodies whose local word a jurisdiction may give; the code is named for the act. */
const localWord = z.enum([
  'authority',
  'countyAuthority',
  'sourceDepartment',
  'operator',
  'merchant',
  'developer',
  'compilation',
  'check',
  'review',
  'egressCheck',
  'evaluation',
]);

/**
 * `<jurisdiction>/jurisdiction.yaml`. `areaCode`: GB/T 2260. Without `parent` it is the top. `inherits`: the parent
 * again, where every topic without a file of its own is the parent's: a county under its city's rules (中卫 35).
 */
export const JurisdictionFile = z.strictObject({
  title: Text,
  areaCode: z.string().regex(/^\d{6}$/, 'an area code has six digits'),
  parent: Text.optional(),
  inherits: Text.optional(),
  localWords: z.partialRecord(localWord, Text).optional(),
});
export type JurisdictionFile = z.infer<typeof JurisdictionFile>;

/** `instruments.yaml`: every text that packs cite, whose it is, and the hash by which a folder of texts is searched. */
export const InstrumentsFile = z.record(
  Text,
  z.strictObject({
    jurisdiction: Text,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'sha256 is 64 hexadecimal digits')
      .optional(),
    /** Newer than the texts that the table of requirements was read from: its number, where known, and its day. */
    newer: z.strictObject({ number: Text.optional(), on: DateOn }).optional(),
  }),
);
export type Instruments = z.infer<typeof InstrumentsFile>;
