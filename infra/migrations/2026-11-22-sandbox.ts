// Old code still runs: this adds functions only.
import { type Kysely, sql } from 'kysely';

/**
 * What falls due in each service's running cases, for the sandbox's clock alone: the one look that crosses schemas,
 * by functions that show instants and workflow ids and nothing else. Each asks the services' own functions
 * `sandbox_next`, `sandbox_due` and `sandbox_unsettled`, where they have them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const services = `array['catalog', 'registry', 'pricing', 'disclosure']`;

/** Runs `query` for every service that has the function, with %I as its schema. */
const each = (name: string, body: string) => `
  declare service text;
  begin
    foreach service in array ${services} loop
      if exists (
        select from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
        where nspname = service and proname = '${name}'
      ) then
        ${body}
      end if;
    end loop;`;

const statements = [
  `create function platform.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language plpgsql security definer set search_path = pg_catalog as $$
   declare found timestamptz; earliest timestamptz;
   begin
     ${each(
       'sandbox_next',
       `
        execute format('select %I.sandbox_next($1, $2)', service) into found using after, up_to;
        earliest := least(earliest, found);`,
     ).trim()}
     end;
     return earliest;
   end $$`,
  `create function platform.sandbox_due(at timestamptz) returns setof text
   language plpgsql security definer set search_path = pg_catalog as $$
   begin
     ${each('sandbox_due', `return query execute format('select %I.sandbox_due($1)', service) using at;`).trim()}
     end;
   end $$`,
  `create function platform.sandbox_unsettled(at timestamptz) returns boolean
   language plpgsql security definer set search_path = pg_catalog as $$
   declare found boolean;
   begin
     ${each(
       'sandbox_unsettled',
       `
        execute format('select %I.sandbox_unsettled($1)', service) into found using at;
        if found then return true; end if;`,
     ).trim()}
     end;
     return false;
   end $$`,
];
