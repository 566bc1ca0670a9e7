/** The city's raw file taken into the catalog, and the same rows inserted bare. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import { connect } from '@gongshu/infra/database';
import { loadPacks } from '@gongshu/infra/packs';
import { importResources, keepMapping } from '@gongshu/service-catalog/resources/resource-import';
import type { ResourceTables } from '@gongshu/service-catalog/tables/resource';
import { sql } from 'kysely';
import { testDatabase } from '../support/parts.ts';
import { compare, type Figure } from './figures.ts';

const source = join(projectFolder, 'infra/sample-city/source');
const jurisdiction = 'zhongwei';
const acting = {
  actor: { id: 'bureau-1', role: 'bureau', organisation: 'city-bureau' },
  at: new Date('2024-03-01T10:00:00+08:00'),
};

/**
 * Rows a second. Ours: CSV read, 1,429 rows accounted for, each looked up, hashed and written, event and audit entry.
 * Bare: the finished rows in one insert into a table of the same shape.
 */
export const importFigure = async (): Promise<Figure> => {
  const bytes = readFileSync(join(source, 'city-catalogue.csv'));
  const mapping = JSON.parse(readFileSync(join(source, 'mapping.json'), 'utf8')) as never;
  const database = await testDatabase();
  const db = connect<ResourceTables>(database.url, { schema: 'catalog', max: 2 });
  const registration = { send: async () => {} };
  const deps = { db, packs: loadPacks(), registration };
  try {
    const { id: mappingId } = await keepMapping(deps, jurisdiction, { mapping, organisations: {} }, acting);
    const ours = async (): Promise<number> => {
      await sql`truncate resource cascade`.execute(db);
      const given = { jurisdiction, mappingId, mode: 'keepGood', bytes, onlyOf: undefined } as const;
      const { total, created, refused } = await importResources(deps, given, acting);
      if (created + refused !== total)
        throw new Error(`${total - created - refused} rows are not accounted for`);
      return total;
    };
    const total = await ours();
    const tables = ['resource', 'resource_field'].map((name) => ({ name, copy: `bare_${name}` }));
    const made: string[] = [];
    for (const { name, copy } of tables) {
      await sql`create table ${sql.table(copy)} (like ${sql.table(name)} including all)`.execute(db);
      const { rows } = await sql<{ all: unknown[] }>`
        select jsonb_agg(to_jsonb(one)) as all
        from ${sql.table(name)} as one`.execute(db);
      made.push(JSON.stringify(rows[0]?.all ?? []));
    }
    const bare = async (): Promise<number> => {
      await sql`truncate bare_resource, bare_resource_field`.execute(db);
      for (const [index, { copy }] of tables.entries())
        await sql`
          insert into ${sql.table(copy)}
          overriding system value
          select *
          from jsonb_populate_recordset(null::${sql.table(copy)}, ${made[index]}::jsonb)`.execute(db);
      return total;
    };
    return await compare('import of the raw file', 'rows/s', { ours, bare });
  } finally {
    await db.destroy();
    await database.drop();
  }
};
