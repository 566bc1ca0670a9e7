/** Everything that can be read of a running registry, as text by its place: what a test of secrecy looks through. */
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';

/** Text by the place where it was read. */
export type Read = Map<string, string>;

type Ask = (who: Who, method: 'GET', url: string) => Promise<{ statusCode: number; body: string }>;

/** What a parameter of a path may be: each value is tried. One that is not named here is tried with a value of nobody's. */
export type Values = Readonly<Record<string, readonly string[]>>;

const nobodys = 'x-1';

const filled = (url: string, values: Values): string[] => {
  const [, name] = /:([A-Za-z]+)/.exec(url) ?? [];
  if (name === undefined) return [url];
  return (values[name] ?? [nobodys]).flatMap((value) =>
    filled(url.replace(`:${name}`, encodeURIComponent(value)), values),
  );
};

/** Addresses of every route that is read, with each value of their parameters. */
export const addressesOf = (app: FastifyInstance, values: Values): string[] => [
  ...new Set(
    app.declaredRoutes
      .filter(({ method }) => [method].flat().includes('GET'))
      .flatMap(({ url }) => filled(url, values)),
  ),
];

/** What each of some people reads at every address. What differs from one asking to the next is left out. */
export const readEndpoints = async (
  call: Ask,
  addresses: readonly string[],
  people: Readonly<Record<string, Who>>,
): Promise<Read> => {
  const read: Read = new Map();
  for (const [name, who] of Object.entries(people))
    for (const address of addresses) {
      const { statusCode, body } = await call(who, 'GET', address);
      read.set(`${name} ${address}`, `${statusCode} ${body.replace(/"traceId":"[0-9a-f]+"/, '')}`);
    }
  return read;
};

/** All rows of all tables of the database but those left out, as text; `schema.table` is the place. */
export const readTables = async (db: Kysely<any>, leftOut: readonly string[] = []): Promise<Read> => {
  const { rows: tables } = await sql<{ place: string; schema: string; name: string }>`
    select schemaname || '.' || tablename as place, schemaname as schema, tablename as name
    from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')
    order by 1`.execute(db);
  const read: Read = new Map();
  for (const { place, schema, name } of tables) {
    if (leftOut.includes(place)) continue;
    const table = sql.table(`${schema}.${name}`);
    const { rows } = await sql<{ text: string }>`
      select row_of::text as text from ${table} as row_of order by 1`.execute(db);
    read.set(place, rows.map(({ text }) => text).join('\n'));
  }
  return read;
};

/** The words inside the payloads of a history, or of anything else that carries base64. */
const decoded = (text: string): string =>
  text.replaceAll(/[A-Za-z0-9+/]{8,}={0,2}/g, (data) => Buffer.from(data, 'base64').toString('utf8'));

/** The history of a workflow, with its payloads as they are and decoded, its search attributes and its memo. */
export const readWorkflow = async (client: Client, workflowId: string): Promise<Read> => {
  const handle = client.workflow.getHandle(workflowId);
  const history = historyToJSON(await handle.fetchHistory());
  const { searchAttributes, memo } = await handle.describe();
  return new Map([
    [`history of ${workflowId}`, `${history}\n${decoded(history)}`],
    [`description of ${workflowId}`, JSON.stringify({ searchAttributes, memo })],
  ]);
};

/** The forms in which a word may stand: as it is, in JSON's escapes, in base64 at each offset, in hexadecimal. */
const formsOf = (mark: string): string[] => {
  const escaped = mark.replaceAll(
    /[^\x20-\x7e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const aligned = [0, 1, 2].map((ahead) => {
    const whole = Buffer.concat([Buffer.alloc(ahead), Buffer.from(mark)]).toString('base64');
    return whole.slice(ahead === 0 ? 0 : 4, -4);
  });
  return [mark, escaped, encodeURIComponent(mark), Buffer.from(mark).toString('hex'), ...aligned];
};

/** Places that carry one of the marks in one of its forms. */
export const placesWith = (read: Read, marks: readonly string[]): string[] => {
  const forms = marks.flatMap(formsOf);
  return [...read].filter(([, text]) => forms.some((form) => text.includes(form))).map(([place]) => place);
};

/** Places whose text is another than it was, or that came or went. */
export const placesChanged = (before: Read, after: Read): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((place) => before.get(place) !== after.get(place));
