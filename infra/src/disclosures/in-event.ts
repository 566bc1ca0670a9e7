/** What an event can hold of a document (decision 0027): the whole of it, or the first lines, saying how many there are. */
import { canonicalJson } from '@gongshu/shared/canonical-json';

/** As many characters as the event may hold, with room for what stands around them. */
const most = 150_000;
/** Lines kept of each table, and departments, tried from the longest. */
const steps = [300, 150, 75, 40, 20, 10, 5, 1, 0];

type Table = { rows: unknown[]; of?: number };
type Whole = Record<string, unknown> & { departments?: unknown[]; items?: { tables?: Table[] }[] };

const shortened = (whole: Whole, keep: number): object =>
  whole.departments
    ? { ...whole, departments: whole.departments.slice(0, keep), of: whole.departments.length }
    : {
        ...whole,
        items: whole.items?.map((item) => ({
          ...item,
          tables: item.tables?.map((table) => ({
            ...table,
            ...{ rows: table.rows.slice(0, keep), of: table.of ?? table.rows.length },
          })),
        })),
      };

/**
 * The content itself where it fits; else as many lines of its tables, or departments, as fit, `of` saying how many there
 * are; of one that would not fit without any, the form and the city alone. Canonical JSON in and out.
 */
export const inEvent = (content: string): string => {
  if (content.length <= most) return content;
  const whole = JSON.parse(content) as Whole;
  for (const keep of steps) {
    const cut = canonicalJson(shortened(whole, keep));
    if (cut.length <= most) return cut;
  }
  return canonicalJson({ form: whole['form'], jurisdiction: whole['jurisdiction'] });
};
