import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

export type CsvValue = string | number | boolean | null | undefined;
export type CsvColumn<T> = { readonly title: string; readonly value: (row: T) => CsvValue };

/** What a spreadsheet would run as a formula, full-width forms included. */
const formula = /^[\s\uFEFF]*[=+\-@＝＋－＠\t\r]/;

const cell = (value: CsvValue): string => {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** RFC 4180 text in UTF-8 with a byte order mark (Excel in Chinese needs it); no cell is taken for a formula. */
export const csvText = <T>(columns: readonly CsvColumn<T>[], rows: Iterable<T>): string => {
  const lines = [columns.map(({ title }) => cell(title)).join(',')];
  for (const row of rows) lines.push(columns.map(({ value }) => cell(value(row))).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
};

/** Whether the caller asked for CSV. Throws `notAcceptable` (406) when neither JSON nor CSV would do. */
export const wantsCsv = (request: FastifyRequest): boolean => {
  const accept = (request.headers.accept ?? '*/*').toLowerCase();
  if (accept.includes('text/csv')) return true;
  if (/\*\/\*|application\/(\*|json)/.test(accept)) return false;
  throw problem('notAcceptable', { params: { types: 'application/json, text/csv' } });
};

/** Answers a list as a CSV file of that name (ASCII, without ending). */
export const sendCsv = <T>(
  reply: FastifyReply,
  name: string,
  columns: readonly CsvColumn<T>[],
  rows: Iterable<T>,
): FastifyReply =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .header('vary', 'accept')
    .send(csvText(columns, rows));

/** Response schema of a list that comes as JSON or as CSV. */
export const jsonOrCsv = <T extends z.ZodType>(schema: T, description: string) =>
  ({
    description,
    content: { 'application/json': { schema }, 'text/csv': { schema: z.string() } },
  }) as const;

/** Answers a page of a list as JSON, or as CSV where that was asked for. Throws `notAcceptable` (406) where neither would do. */
export const sendPage = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, columns }: { name: string; columns: readonly CsvColumn<T>[] },
  found: { items: T[]; next: string | null },
): FastifyReply =>
  wantsCsv(request) ? sendCsv(reply, name, columns, found.items) : reply.header('vary', 'accept').send(found);
