import { z } from 'zod';
import { updateFrequencies } from '../resource.ts';

const Column = z.string().min(1).max(200);

/**
 * Which column of a department's file holds which field of a catalog entry (Zhongwei art. 8), and what its values
 * mean. The provider stands in one column with its code (`380120000J 【社会局】`) or in two. Nothing that the file
 * does not say is filled in: class, grade, level and reviewer come from a column or not at all.
 */
export const ColumnMapping = z
  .strictObject({
    name: z.string().min(1).max(200).describe('a name for people'),
    encoding: z.enum(['utf-8', 'gb18030', 'big5']).optional().describe('left out: found by the file itself'),
    utcOffset: z
      .string()
      .regex(/^[+-]\d\d:\d\d$/)
      .default('+08:00')
      .describe('of times that carry none'),
    columns: z.strictObject({
      key: Column,
      title: Column,
      provider: Column.optional(),
      providerCode: Column.optional(),
      providerName: Column.optional(),
      abstract: Column,
      fields: Column,
      updateFrequency: Column,
      format: Column.optional(),
      license: Column.optional(),
      sourceUpdatedAt: Column.optional(),
      theme: Column.optional(),
      keywords: Column.optional(),
      note: Column.optional(),
      classification: Column.optional(),
      grade: Column.optional(),
      level: Column.optional(),
      reviewer: Column.optional(),
    }),
    values: z
      .strictObject({
        updateFrequency: z.record(z.string(), z.enum(updateFrequencies)),
        classification: z.record(z.string(), z.string()),
        grade: z.record(z.string(), z.string()),
        level: z.record(z.string(), z.enum(['city', 'county'])),
        reviewer: z.record(z.string(), z.string()),
      })
      .partial()
      .optional(),
  })
  .refine(
    ({ columns }) =>
      (columns.provider !== undefined) !==
      (columns.providerCode !== undefined && columns.providerName !== undefined),
    { path: ['columns', 'provider'], error: 'either provider, or both providerCode and providerName' },
  );

/** As a person writes it; `utcOffset` may be left out. */
export type ColumnMapping = z.input<typeof ColumnMapping>;
export type MappedField = keyof ColumnMapping['columns'];
