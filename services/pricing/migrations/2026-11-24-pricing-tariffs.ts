// Old code still runs: this adds tables, functions and triggers on them.
import { type Kysely, sql } from 'kysely';

/**
 * Ceiling prices and tariffs (上限收费标准, 收费标准; F1, F3). Two locks keep a published tariff under its ceiling: the row of
 * the product and unit, which every act takes, and a trigger that looks again when the transaction ends.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const units = `check (unit in ('item', 'call', 'hour', 'megabyte'))`;
const fen = 'check (fen between 0 and 9007199254740991)';
const statements = [
  // What is locked before a ceiling is set or a tariff changes.
  `create table pricing.priced_unit (
     jurisdiction text not null,
     product text not null,
     unit text not null ${units},
     primary key (jurisdiction, product, unit)
   )`,
  `create table pricing.ceiling (
     case_no text not null references pricing.procedure,
     jurisdiction text not null,
     product text not null,
     unit text not null ${units},
     -- Who offers the product; its permitted revenue is what the ceilings are forecast against.
     operator text not null,
     fen bigint not null ${fen},
     expected_qty text not null,
     -- First and last day; null: until a later ceiling takes its place.
     from_on date not null,
     until_on date,
     set_at timestamptz not null,
     replaced_by text references pricing.procedure,
     -- Replaced before its first day: it never applied.
     void boolean not null default false,
     primary key (case_no, unit),
     check (void or until_on is null or until_on >= from_on)
   )`,
  'create index ceiling_unit on pricing.ceiling (jurisdiction, product, unit, from_on) where not void',
  'create index ceiling_operator on pricing.ceiling (jurisdiction, operator) where not void',
  `create table pricing.tariff (
     tariff text primary key,
     jurisdiction text not null,
     operator text not null,
     product text not null,
     unit text not null ${units},
     class text not null check (class in ('general', 'smallFirm', 'welfare', 'government')),
     scenario text,
     purpose text not null,
     -- Of a purpose that is free by the pack: no charge, whatever is asked (65号).
     free boolean not null,
     fen bigint not null ${fen},
     discount text not null,
     from_on date not null,
     until_on date,
     state text not null check (state in ('filed', 'returned', 'published', 'void')),
     notice_days integer not null,
     -- Last day of the notice; null where none ran, as for a cut.
     notice_until date,
     grounds text not null,
     reasons jsonb not null default '[]',
     document text,
     set_by text not null,
     set_at timestamptz not null,
     answered_at timestamptz,
     published_at timestamptz,
     replaced_by text references pricing.tariff deferrable initially deferred,
     -- The case whose ceiling cut the tariff before to what this one says, and that tariff.
     cut_by text references pricing.procedure,
     cut_from text references pricing.tariff,
     pack_version text not null,
     check (not free or fen = 0),
     check (state <> 'published' or (published_at is not null and (until_on is null or until_on >= from_on)))
   )`,
  `create index tariff_published on pricing.tariff (jurisdiction, product, unit, from_on) where state = 'published'`,
  'create index tariff_operator on pricing.tariff (jurisdiction, operator, tariff)',
  // How a product stood, from when: its tariff is not chargeable while it does not stand on the list.
  `create table pricing.product_standing (
     jurisdiction text not null,
     product text not null,
     version integer not null,
     sequence bigint not null,
     state text not null,
     at timestamptz not null,
     primary key (jurisdiction, product, version, sequence)
   )`,
  // How they stood before this was kept.
  `insert into pricing.product_standing (jurisdiction, product, version, sequence, state, at)
   select jurisdiction, product, version, 0, state, 'epoch'
   from pricing.product_version
   where state is not null`,

  // What was published says what it said: it may end, it may be replaced, it is never rewritten.
  `create function pricing.tariff_stands() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' then
       if old.state in ('published', 'void') then
         raise exception 'a published tariff is never deleted' using errcode = '23514', constraint = 'tariff_immutable';
       end if;
       return old;
     end if;
     if old.state in ('published', 'void') and (
       (new.jurisdiction, new.operator, new.product, new.unit, new.class, new.purpose, new.fen, new.discount, new.from_on)
         is distinct from
       (old.jurisdiction, old.operator, old.product, old.unit, old.class, old.purpose, old.fen, old.discount, old.from_on)
       or new.scenario is distinct from old.scenario
       or new.published_at is distinct from old.published_at
       or new.state not in ('published', 'void')
       or (old.state = 'void' and new.state <> 'void')
       or (old.until_on is not null and (new.until_on is null or new.until_on > old.until_on))
     ) then
       raise exception 'a published tariff is never rewritten' using errcode = '23514', constraint = 'tariff_immutable';
     end if;
     return new;
   end $$`,
  `create trigger tariff_stands before update or delete on pricing.tariff
   for each row execute function pricing.tariff_stands()`,

  // The second lock. It waits for whoever else ends a change of this product and unit, and then sees what that left.
  `create function pricing.stands_under_ceiling() returns trigger language plpgsql as $$
   begin
     perform pg_advisory_xact_lock(
       hashtextextended('ceiling ' || new.jurisdiction || ' ' || new.product || ' ' || new.unit, 0));
     if exists (
       select from pricing.tariff
       join pricing.ceiling using (jurisdiction, product, unit)
       where jurisdiction = new.jurisdiction and product = new.product and unit = new.unit
         and tariff.state = 'published' and not ceiling.void
         and tariff.from_on <= coalesce(ceiling.until_on, 'infinity')
         and ceiling.from_on <= coalesce(tariff.until_on, 'infinity')
         and tariff.fen > ceiling.fen
     ) then
       raise exception 'a published tariff is above its ceiling'
         using errcode = '23514', constraint = 'tariff_under_ceiling';
     end if;
     if exists (
       select from pricing.tariff
       where jurisdiction = new.jurisdiction and product = new.product and unit = new.unit
         and state = 'published' and fen > 0
         and not exists (
           select from pricing.ceiling
           where ceiling.jurisdiction = new.jurisdiction and ceiling.product = new.product
             and ceiling.unit = new.unit and not ceiling.void
             and ceiling.from_on <= tariff.from_on
             and coalesce(ceiling.until_on, 'infinity') >= tariff.from_on
         )
     ) then
       raise exception 'a published tariff has no ceiling'
         using errcode = '23514', constraint = 'tariff_has_ceiling';
     end if;
     if exists (
       select from pricing.ceiling as one
       join pricing.ceiling as other using (jurisdiction, product, unit)
       where jurisdiction = new.jurisdiction and product = new.product and unit = new.unit
         and not one.void and not other.void and one.case_no < other.case_no
         and one.from_on <= coalesce(other.until_on, 'infinity')
         and other.from_on <= coalesce(one.until_on, 'infinity')
     ) then
       raise exception 'two ceilings for one day' using errcode = '23514', constraint = 'ceiling_one_a_day';
     end if;
     if exists (
       select from pricing.tariff as one
       join pricing.tariff as other using (jurisdiction, operator, product, unit, class, purpose)
       where jurisdiction = new.jurisdiction and product = new.product and unit = new.unit
         and one.state = 'published' and other.state = 'published' and one.tariff < other.tariff
         and one.scenario is not distinct from other.scenario
         and one.from_on <= coalesce(other.until_on, 'infinity')
         and other.from_on <= coalesce(one.until_on, 'infinity')
     ) then
       raise exception 'two tariffs for one day' using errcode = '23514', constraint = 'tariff_one_a_day';
     end if;
     return null;
   end $$`,
  ...['ceiling', 'tariff'].map(
    (table) => `create constraint trigger ${table}_under_ceiling after insert or update on pricing.${table}
      deferrable initially deferred for each row execute function pricing.stands_under_ceiling()`,
  ),
];
