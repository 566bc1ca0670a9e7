/** One row of a city in every table of every service, made from what the database says of its columns. */
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { connect } from '@gongshu/infra/database';
import { loadPacks } from '@gongshu/infra/packs';
import { applicationRules } from '@gongshu/shared/application/rules';
import { type ProcedureKind, procedureKinds, procedureNo, procedures } from '@gongshu/shared/procedure/kinds';
import { ceilingRules } from '@gongshu/shared/pricing/rules';
import { egressRules } from '@gongshu/shared/product/rules';
import pg from 'pg';
import { plantedComplaints, plantedDemand } from './planted-complaints.ts';
import { plantedIncident } from './planted-incident.ts';
import { plantedEvidence } from './planted-evidence.ts';
import { plantedReport, plantedReports } from './planted-reports.ts';
import { plantedPrices, plantedRevenue } from './planted-prices.ts';

/** A city of the installation, and the marks by which anything planted for it is known. */
export type City = { jurisdiction: string; mark: string; hex: string; digits: string };
export const zhongwei: City = { jurisdiction: 'zhongwei', mark: 'ZW7', hex: '7a7a7a7a', digits: '770077' };
export const shuozhou: City = { jurisdiction: 'shuozhou', mark: 'SZ9', hex: '9b9b9b9b', digits: '990099' };

/** A pattern of everything planted for the city. */
export const marksOf = ({ mark, hex, digits }: City): string => `${mark}|${hex}|${digits}-`;

/** Whether a text holds anything planted for the city. */
export const holds = (text: string, city: City): boolean =>
  new RegExp(`${marksOf(city)}|"${city.jurisdiction}"`, 'i').test(text);

/** Bodies by the role they act in: the same ids in every city, so that an id alone must not open a door. */
export const bodyOf: Record<string, string> = {
  merchant: 'merchant-1',
  operator: 'operator',
  sourceDepartment: 'dept-1',
  countyBureau: 'county-1',
  bureau: 'city-bureau',
};

type Column = { name: string; type: string; nullable: boolean; given: boolean };
type Table = {
  name: string;
  columns: Column[];
  parents: Map<string, { table: string; column: string }>;
  lists: Map<string, string>;
};
export type Row = Record<string, unknown>;
/** Rows by table (`catalog.application`). */
export type Planted = Map<string, Row>;

const bodyColumns: [RegExp, string][] = [
  [/^(applicant|merchant|applicant_organisation|addressee|owner|uploaded_for)$/, 'merchant-1'],
  [/^(operator|operator_organisation)$/, 'operator'],
  [/^(provider_organisation|reviewer_organisation|department)$/, 'dept-1'],
  [/^authority/, 'city-bureau'],
  [/organisation$/, 'merchant-1'],
];
const uuid = ({ hex }: City, n: number) => `${hex}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const number =
  (series: string) =>
  ({ digits }: City) =>
    `${digits}-${series}-2024-000001`;
/** The case of a kind of procedure that is planted. */
export const procedureNoOf =
  (kind: ProcedureKind) =>
  ({ digits }: City): string =>
    procedureNo(kind, digits, 2024, 1);
const agreementOf = procedureNoOf('operatingAgreement');
const egressOf = procedureNoOf('productEgress');
const productOf = number('CP');
/** Terms of the agreement that is planted: its text, and what its case stands on. */
const terms = ({ mark, hex }: City) => ({
  ...{ version: 1, content: `sha256:${hex.repeat(8)}`, document: `sha256:${hex.repeat(8)}` },
  ...{ termMonths: 36, ground: mark, coSignatories: [], termSetters: [] },
  mandate: { mode: 'whole', fields: [], scenarios: [] },
});
const hashOf = ({ hex }: City) => `sha256:${hex.repeat(8)}`;
const keyOf = ({ hex }: City) => hex.repeat(2);
/** What is said of the product that is planted. */
const contents = (city: City) => ({
  ...{ name: city.mark, description: city.mark, class: 'dataset', purpose: 'publicWelfare' },
  grants: [number('SY')(city)],
  fields: [{ name: city.mark, from: [{ resource: `${city.mark}-resource`, field: city.mark }] }],
  ...{ quasiIdentifiers: [], sensitive: [], builtOn: [], publicSources: [], aggregates: [] },
});
/** The case of the product that is planted, in its first attempt. */
const egress = (city: City) => {
  const { jurisdiction, mark } = city;
  const made = { artefact: hashOf(city), contents: hashOf(city) };
  const facts = {
    ...{ product: productOf(city), version: 1, class: 'dataset', purpose: 'publicWelfare' },
    ...{ owner: 'merchant-1', author: mark, operator: 'operator', grants: [number('SY')(city)], ...made },
  };
  return {
    start: {
      jurisdiction,
      authority: 'city-bureau',
      rules: egressRules(loadPacks().resolve(jurisdiction)),
      facts,
    },
    state: {
      ...{ stage: 'egressCheck', outcome: null, authors: [mark], attempt: 1, evidence: null, exceptions: [] },
      ...{ checkers: [], round: 1, spoken: [], unheard: [], checked: null, filed: false, before: null },
      ...{ registrationCode: null, held: false, wasListed: false, since: 1, overdue: false, ...made },
    },
  };
};
/** The case of the ceiling price that is planted, before it is set. */
const ceilingPrice = (city: City) => ({
  ...{ jurisdiction: city.jurisdiction, authority: 'city-bureau' },
  rules: ceilingRules(loadPacks().resolve(city.jurisdiction)),
  facts: {
    ...{ product: productOf(city), operator: 'operator', reportBody: null, areaCode: city.digits },
    ceilings: [{ unit: 'call', fen: 1, from: '2024-07-01', expectedQty: '1', before: null }],
    forecast: { year: 2024, fen: 1, permittedRevenueFen: null, overCap: false, trial: null },
  },
});
const noFindings = { verdict: 'clean', scans: [], declaration: [], notCompared: [] };
/** The record of the product that is planted: the evidence alone, before anybody voted. */
const checkRecord = (city: City) => ({
  ...{ form: 'gongshu-check-record-1', caseNo: egressOf(city), product: productOf(city) },
  ...{ version: 1, attempt: 1, round: 1, jurisdiction: city.jurisdiction, packVersion: '1' },
  ...{ localTerm: city.mark, artefact: hashOf(city), contents: hashOf(city), engines: [], thresholds: {} },
  ...{ report: hashOf(city), items: [], publicSources: [], exceptions: [], votes: null, passed: null },
  ...noFindings,
});
const started = (_city: City, version: string) =>
  JSON.stringify({ kind: 'started', at: Date.parse('2024-03-01T09:00+08:00'), calendarVersion: version });

const noFigures = {
  ...{ items: 0, acceptedFen: 0, subsidyFen: 0, usedSubsidyFen: 0, leftSubsidyFen: 0, netFen: 0 },
  ...{ byKind: [], byProduct: [] },
};
/** A cost report of the city as it was filed. */
const costReport = ({ jurisdiction, mark }: City) => ({
  ...{ form: 'gongshu-cost-report-1', jurisdiction, operator: mark, year: 2023, ...noFigures },
  ...{ adjustedItems: 0, allocation: null },
});

/** Where a column's name and type do not say what it must hold; `version` is a calendar's. */
const special: Record<string, (city: City, version: string) => unknown> = {
  case_no: number('SQ'),
  agreement_no: number('XY'),
  grant_no: number('SY'),
  supply_no: number('GS'),
  calendar_version: (_city, version) => version,
  receipt: (city) => `SJ-${uuid(city, 1)}`,
  resource_id: ({ mark }) => `${mark}-resource`,
  rules: () => JSON.stringify(applicationRules(loadPacks().resolve('zhongwei'))),
  'catalog.application_draft.id': (city) => `CG-${uuid(city, 4)}`,
  'catalog.certificate.id': ({ mark }) => `MS-${mark}`,
  'catalog.correction.id': (city) => `SJ-${uuid(city, 2)}`,
  'catalog.extension.id': (city) => `SJ-${uuid(city, 3)}`,
  'catalog.intake.act': () => 'submitApplication',
  'catalog.intake.actor_role': () => 'merchant',
  'catalog.overreach_report.id': (city) => `BG-${uuid(city, 5)}`,
  'catalog.resource.id': ({ mark }) => `${mark}-resource`,
  'catalog.resource.state': () => 'compiled',
  'catalog.agreement.terms': ({ mark }) =>
    JSON.stringify({
      ...{ kind: 'new', replaces: null, purpose: mark, resources: [], conditions: [], itemOrder: [] },
      term: { from: '2024-07-01', until: '2029-06-30' },
    }),
  'catalog.scenario.id': (city) => `CJ-${uuid(city, 10)}`,
  'catalog.scenario_report.id': (city) => `CB-${uuid(city, 11)}`,
  'catalog.supply.authorisation': ({ mark }) => `{"number":"${mark}","on":"2024-03-01","document":"${mark}"}`,
  'catalog.turn.organisation': () => 'operator',
  'catalog.turn_entry.kind': () => 'started',
  'catalog.turn_entry.entry': started,
  'platform.notice.service': () => 'catalog',
  'platform.notice.kind': () => 'accepted',
  'platform.notice.event_type': () => 'application.accepted.v1',
  'registry.application_draft.id': (city) => `CG-${uuid(city, 4)}`,
  'registry.absence.id': (city) => `QJ-${uuid(city, 6)}`,
  'registry.absence.substitute': ({ mark }) => `${mark}-other`,
  'registry.case_no': number('RZ'),
  'registry.merchant.organisation': ({ mark }) => `${mark}-merchant`,
  'registry.norm.id': (city) => `GF-${uuid(city, 7)}`,
  'registry.correction.id': (city) => `SJ-${uuid(city, 2)}`,
  'registry.extension.id': (city) => `SJ-${uuid(city, 3)}`,
  'registry.party.kind': () => 'merchant',
  'registry.partner.id': (city) => `HH-${uuid(city, 12)}`,
  'registry.social_data.id': (city) => `SH-${uuid(city, 13)}`,
  'registry.staff.id': (city) => `RY-${uuid(city, 14)}`,
  'registry.ownership_link.id': (city) => `GX-${uuid(city, 15)}`,
  'registry.ownership_link.kind': () => 'control',
  'registry.expert_question.id': (city) => `ZJ-${uuid(city, 16)}`,
  'registry.supply_channel.id': (city) => `QD-${uuid(city, 17)}`,
  'registry.publication.number': ({ mark }) => `GB-${mark}`,
  'registry.publication.document': () => '{}',
  'registry.filing.number': (city) => `${procedureNoOf('plan')(city)}-BA1`,
  'registry.procedure.case_no': procedureNoOf('plan'),
  'registry.procedure.kind': () => 'plan',
  'registry.procedure.start': ({ mark, jurisdiction, hex }) =>
    JSON.stringify({
      ...{
        jurisdiction,
        authority: 'city-bureau',
        rules: { indicators: [], dimensions: 'none', sources: {} },
      },
      facts: { mark, version: 1, replaces: null, contentHash: `sha256:${hex.repeat(8)}` },
    }),
  'registry.procedure.state': ({ hex }) => JSON.stringify({ contentHash: `sha256:${hex.repeat(8)}` }),
  'registry.operating_agreement.case_no': agreementOf,
  'registry.operating_agreement_text.case_no': agreementOf,
  'registry.operating_agreement_text.terms': (city) => JSON.stringify(terms(city)),
  'registry.mandate.agreement_no': agreementOf,
  'registry.mandate_transfer.agreement_no': agreementOf,
  'registry.plan_content.contents': ({ mark }) => JSON.stringify({ title: mark, items: {}, feasibility: {} }),
  'registry.objection_contact.phone': ({ mark }) => mark,
  'registry.product.product_no': productOf,
  'registry.product_version.case_no': egressOf,
  'registry.product_content.case_no': egressOf,
  'registry.product_artefact.case_no': egressOf,
  'registry.product_artefact.contents': (city) => JSON.stringify(contents(city)),
  'registry.product_content.contents': (city) => JSON.stringify(contents(city)),
  'registry.release_fingerprint.case_no': egressOf,
  'registry.egress_evidence.case_no': egressOf,
  'registry.egress_evidence.report': () => JSON.stringify(noFindings),
  'registry.egress_item.case_no': egressOf,
  'registry.egress_item.kind': () => 'identifier',
  'registry.egress_item.place': ({ mark }) => JSON.stringify({ file: mark, column: mark }),
  'registry.egress_vote.case_no': egressOf,
  'registry.check_record.case_no': egressOf,
  'registry.check_record.record': (city) => JSON.stringify(checkRecord(city)),
  'registry.check_record.signature': () => 'c2lnbmVk',
  'registry.check_record_key.key_id': keyOf,
  'registry.product_delivery.id': (city) => `JF-${uuid(city, 18)}`,
  'registry.product_feedback.id': (city) => `FK-${uuid(city, 19)}`,
  'registry.spot_check.id': (city) => `CC-${uuid(city, 20)}`,
  'registry.self_check.id': (city) => `ZC-${uuid(city, 21)}`,
  'registry.trace_entry.id': (city) => `LH-${uuid(city, 22)}`,
  'registry.source_fingerprint.id': (city) => `ZW-${uuid(city, 23)}`,
  'registry.ledger_report.content': ({ mark }) =>
    JSON.stringify({
      ...{ entries: 1, beyondGrant: 0, acts: [] },
      subjects: [{ kind: 'product', subject: mark, acts: [] }],
    }),
  'pricing.procedure.case_no': procedureNoOf('ceilingPrice'),
  'pricing.procedure.kind': () => 'ceilingPrice',
  'pricing.procedure.start': (city) => JSON.stringify(ceilingPrice(city)),
  'pricing.ceiling.expected_qty': () => '1',
  // Never applied: what applies is everybody's to read.
  'pricing.ceiling.void': () => true,
  'pricing.tariff.tariff': number('SF'),
  'pricing.tariff.discount': () => '0',
  'pricing.cost_item.id': (city) => `FY-${uuid(city, 30)}`,
  'pricing.cost_item.related': () => true,
  'pricing.cost_adjustment.id': (city) => `TZ-${uuid(city, 31)}`,
  'pricing.subsidy.id': (city) => `BT-${uuid(city, 32)}`,
  'pricing.allocation_key.id': (city) => `FT-${uuid(city, 33)}`,
  'pricing.allocation_key.key': () => 'equal',
  'pricing.allocation_key.weights': () => '[]',
  'pricing.cost_report.id': (city) => `CR-${uuid(city, 34)}`,
  'pricing.cost_report.content': (city) => JSON.stringify(costReport(city)),
  'pricing.service_fee.id': (city) => `FW-${uuid(city, 35)}`,
  'pricing.service_fee.kind': () => 'computing',
  'pricing.service_fee.unit': () => 'hour',
  // The list is everybody’s; what stands on it no longer is the city’s.
  'pricing.service_fee.withdrawn': () => true,
  'pricing.service_fee.from_on': () => '2024-01-01',
  'pricing.service_fee.cost_basis': (city) =>
    JSON.stringify({ kind: 'stated', fen: 1, document: hashOf(city) }),
  'pricing.service_order.id': (city) => `DD-${uuid(city, 36)}`,
  'pricing.service_charge.id': (city) => `SF-${uuid(city, 37)}`,
  ...plantedPrices,
  ...plantedEvidence,
  ...plantedIncident,
  ...plantedComplaints,
  ...plantedReports,
  'registry.turn.organisation': () => 'operator',
  'registry.turn_entry.kind': () => 'started',
  'registry.turn_entry.entry': started,
};
const lists = /^(items|findings|reasons|conditions|changed|resources|fields)$/;

/** By table and column, by schema and column, by column. */
const specialFor = ({ name: table }: Table, name: string) =>
  special[`${table}.${name}`] ?? special[`${table.split('.')[0]}.${name}`] ?? special[name];

/** A value that the column takes, with the city's mark wherever one fits. */
const valueFor = (table: Table, { name, type }: Column, city: City, version: string): unknown => {
  const own = specialFor(table, name);
  if (own) return own(city, version);
  if (name === 'jurisdiction') return city.jurisdiction;
  const listed = table.lists.get(name);
  if (listed !== undefined) return listed;
  const body = bodyColumns.find(([pattern]) => pattern.test(name))?.[1];
  if (body !== undefined && type === 'text') return body;
  if (/hash$|^sha256$/.test(name) && type === 'text') return `sha256:${city.hex.repeat(8)}`;
  if (name === 'month') return '2024-03';
  if (type === 'text') return `${city.mark}-${name}`;
  if (type === 'uuid') return uuid(city, 9);
  if (type === 'jsonb') return lists.test(name) ? '[]' : '{}';
  if (type === 'bytea') return Buffer.from(city.mark);
  if (type === 'boolean') return false;
  if (type === 'date') return /until|_to$/.test(name) ? '2029-06-30' : '2024-07-01';
  if (type.startsWith('timestamp'))
    return /end|until/.test(name) ? '2029-06-30T24:00+08' : '2024-03-01T09:00+08';
  if (type === 'ARRAY') return [];
  return 1;
};

const catalogOf = async (client: pg.Client): Promise<Table[]> => {
  const { rows: columns } = await client.query<Column & { table: string }>(`
    select table_schema || '.' || table_name as table, column_name as name, data_type as type,
           is_nullable = 'YES' as nullable,
           column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS' as given
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema in ('platform', 'catalog', 'registry', 'pricing', 'disclosure') and table_type = 'BASE TABLE'
    order by 1, ordinal_position`);
  const { rows: keys } = await client.query<{ table: string; column: string; to: string; of: string }>(`
    select c.conrelid::regclass::text as table, a.attname as column, c.confrelid::regclass::text as to, f.attname as of
    from pg_constraint c
    cross join lateral unnest(c.conkey, c.confkey) as k (mine, theirs)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.mine
    join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.theirs
    where c.contype = 'f'`);
  const { rows: checks } = await client.query<{ table: string; rule: string }>(`
    select conrelid::regclass::text as table, pg_get_constraintdef(oid) as rule
    from pg_constraint where contype = 'c'`);
  const tables = new Map<string, Table>();
  for (const { table, ...column } of columns) {
    const known: Table = tables.get(table) ?? {
      name: table,
      columns: [],
      parents: new Map(),
      lists: new Map(),
    };
    known.columns.push(column);
    tables.set(table, known);
  }
  for (const { table, column, to, of } of keys)
    tables.get(table)?.parents.set(column, { table: to, column: of });
  for (const { table, rule } of checks) {
    const found = /^CHECK \(\((\w+) = ANY \(ARRAY\['([^']*)'/.exec(rule);
    if (found) tables.get(table)?.lists.set(found[1]!, found[2]!);
  }
  return [...tables.values()];
};

/** Tables that hold nothing of a city: counters, ledgers and marks that the kit keeps, and the law's calendar and clock. */
const ofNoCity =
  /\.(migration_|audit_|outbox|aggregate|relay_head|idempotency|processed_event|subscriber_|event_gap|dead_letter|law_clock|heartbeat|calendar)/;

const planted = async (
  client: pg.Client,
  table: Table,
  city: City,
  known: Planted,
  version: string,
): Promise<Row | undefined> => {
  const row: Row = {};
  for (const column of table.columns) {
    const to = table.parents.get(column.name);
    const parent = to?.table === table.name ? undefined : to;
    const above = parent ? known.get(parent.table) : undefined;
    if (parent && !column.nullable && !above) return undefined;
    const marked =
      column.name === 'jurisdiction' ||
      `${table.name}.${column.name}` in special ||
      (column.name === 'id' && column.type === 'uuid');
    if (above && !column.nullable && !(`${table.name}.${column.name}` in special))
      row[column.name] = above[parent?.column ?? ''];
    else if (marked || (!column.nullable && !column.given))
      row[column.name] = valueFor(table, column, city, version);
  }
  const names = Object.keys(row);
  const places = names.map((_, at) => `$${at + 1}`);
  const { rows } = await client.query<Row>(
    `insert into ${table.name} (${names.map((one) => `"${one}"`).join(', ')}) values (${places.join(', ')}) returning *`,
    Object.values(row),
  );
  // Somebody away needs somebody else to stand in.
  if (table.name === 'registry.person')
    await client.query(
      `insert into registry.person select (jsonb_populate_record(one, jsonb_build_object('id', $1::text))).*
       from registry.person one where jurisdiction = $2`,
      [`${city.mark}-other`, city.jurisdiction],
    );
  if (table.name === 'registry.procedure')
    for (const kind of procedureKinds.filter((one) => one !== 'plan'))
      await client.query(
        `insert into registry.procedure select (jsonb_populate_record(one, $1::jsonb)).*
         from registry.procedure one where case_no = $2`,
        [
          {
            ...{ kind, case_no: procedureNoOf(kind)(city) },
            ...(kind === 'operatingAgreement' && { state: { terms: terms(city) } }),
            ...(kind === 'productEgress' && egress(city)),
          },
          procedureNoOf('plan')(city),
        ],
      );
  if (table.name === 'pricing.procedure')
    for (const kind of procedureKinds.filter((one) => ['permittedRevenue', 'settlement'].includes(one)))
      await client.query(
        `insert into pricing.procedure select (jsonb_populate_record(one, $1::jsonb)).*
         from pricing.procedure one where case_no = $2`,
        [
          {
            ...{ kind, case_no: procedureNoOf(kind)(city) },
            ...(kind === 'permittedRevenue' && { start: plantedRevenue(city) }),
          },
          procedureNoOf('ceilingPrice')(city),
        ],
      );
  if (table.name === 'catalog.procedure')
    await client.query(
      `insert into catalog.procedure select (jsonb_populate_record(one, $1::jsonb)).*
       from catalog.procedure one where case_no = $2`,
      [
        { kind: 'demandResponse', case_no: procedureNoOf('demandResponse')(city), state: plantedDemand },
        procedureNoOf('qualityFeedback')(city),
      ],
    );
  if (table.name === 'disclosure.procedure')
    for (const kind of procedureKinds.filter(
      (one) => procedures[one].service === 'disclosure' && one !== 'audit',
    ))
      await client.query(
        `insert into disclosure.procedure select (jsonb_populate_record(one, $1::jsonb)).*
         from disclosure.procedure one where case_no = $2`,
        [
          { kind, case_no: procedureNoOf(kind)(city), ...plantedReport(kind, city) },
          procedureNoOf('audit')(city),
        ],
      );
  return rows[0];
};

/**
 * Plants the city everywhere. Every table with a jurisdiction must take a row; what else hangs on those is planted where
 * it can be. @throws Error with the tables that took none.
 */
export const plant = async (url: string, city: City): Promise<Planted> => {
  const db = connect<any>(url, { schema: 'catalog', max: 1 });
  await ensureShippedCalendar(db);
  const { version } = await newestCalendar(db, city.jurisdiction);
  await db.destroy();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = (await catalogOf(client)).filter(({ name }) => !ofNoCity.test(name));
    const known: Planted = new Map();
    const faults = new Map<string, string>();
    for (let before = -1; before < known.size; ) {
      before = known.size;
      for (const table of tables.filter(({ name }) => !known.has(name)))
        try {
          const row = await planted(client, table, city, known, version);
          if (row) known.set(table.name, row);
        } catch (error) {
          faults.set(table.name, (error as Error).message);
        }
    }
    const bare = tables.filter(
      ({ name, columns }) => !known.has(name) && columns.some((one) => one.name === 'jurisdiction'),
    );
    if (bare.length > 0)
      throw new Error(`not planted: ${bare.map(({ name }) => `${name} (${faults.get(name)})`).join('; ')}`);
    return known;
  } finally {
    await client.end();
  }
};
