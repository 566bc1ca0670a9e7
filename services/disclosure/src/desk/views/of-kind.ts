/** What is kept of a procedure as its kind means it: labels and codes of its own sense, periods by name, instants as such. */
import { toInstantText } from '@gongshu/shared/business-date';
import { inAll, inKind } from '../kept-words.ts';
import { language } from '../language.ts';
import { own } from '../own.ts';
import { periodWord } from '../period-words.ts';
import { wordOf } from '../words.ts';

/** Fields that name a period of the procedure by its key. */
const periods = new Set(['period', 'step']);
/** After this many milliseconds a number is an instant (1973 on), where its field is no sum or count. */
const firstInstant = 1e11;

const valueOf = (kind: string, name: string, value: unknown, table: string | undefined): unknown => {
  if (Array.isArray(value)) return value.map((one) => valueOf(kind, name, one, table));
  if (value !== null && typeof value === 'object') return ofKind(kind, value as Record<string, unknown>);
  if (typeof value === 'number' && value > firstInstant && !/(?:^f|F)en$/.test(name))
    return toInstantText(value);
  if (typeof value !== 'string') return value;
  if (periods.has(name)) return periodWord(kind, value);
  return table === undefined ? value : wordOf(value, table);
};

/** Fields under their labels in Chinese; in English by their names, with codes in words all the same. */
export const ofKind = (kind: string, kept: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(kept).map(([name, value]) => {
      const meant = own(own(inKind, kind), name) ?? own(inAll, name);
      const [label, table] = typeof meant === 'object' ? meant : [meant, undefined];
      const shown = language() === 'en' || label === undefined ? name : label;
      return [shown, valueOf(kind, name, value, table)];
    }),
  );
