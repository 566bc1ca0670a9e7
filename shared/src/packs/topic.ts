import { z } from 'zod';

/** A row of the requirements table, such as `A5`. */
export const Row = z.string().regex(/^[A-Z]\d{1,2}$/, 'a row is a letter and a number, such as A5');

/**
 * One key of a topic: the schema of its value, and the requirement it answers.
 * `row`: where that row's cell is filled for a jurisdiction, its pack must cite the key; with several rows, any of them.
 * `within`: an aspect of the row on which a text that speaks may still be silent; a silent pack says where it searched.
 * Neither: no text was expected to speak; the pack gives our reading.
 * `cumulative`: a list to which a pack adds and from which it takes nothing away: the parent's entries stay in force.
 */
export type Key = {
  readonly value: z.ZodType;
  readonly row?: string | readonly string[];
  readonly within?: string;
  readonly cumulative?: true;
};

export type Topic = Readonly<Record<string, Key>>;

/** Types a topic without widening its keys. */
export const topic = <const T extends Topic>(keys: T): T => keys;

/** The values of a topic by key, as a resolved pack carries them. */
export type ValuesOf<T extends Topic> = { [K in keyof T]: z.infer<T[K]['value']> };

/** The rows a rule of this key may name. */
export const rowsOf = ({ row, within }: Key): readonly string[] => [
  ...(typeof row === 'string' ? [row] : (row ?? [])),
  ...(within === undefined ? [] : [within]),
];
