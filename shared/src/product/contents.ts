/**
 * What is said of a product when it is submitted (E1; 国家 二十一, 中卫 二十三、二十四、二十八, 朔州 六（三）, 乌海 八（二）): what it is
 * and what for, each field with where it comes from and how it was treated, what may single people out, what was public
 * before. Documents by their hashes.
 */
import { z } from 'zod';
import { AggregateTable } from '../egress/aggregate-table.ts';
import { ModelDeclaration, samplesDue } from '../egress/model-questionnaire.ts';
import { line } from '../line.ts';
import { ProductClass, ProductPurpose } from '../packs/topics/product-egress.ts';

const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const Id = z.string().regex(/^[\x21-\x7e]{1,160}$/);
const Name = z.string().min(1).max(500);
const words = z.string().trim().min(1).max(5_000);

/** Where a field comes from: a field of a granted resource, by the name the catalog gives it. */
export const FieldOrigin = z.strictObject({ resource: Id, field: Name });

/** How a protected field was treated before it goes out (D1; 中卫 二十八). */
export const FieldTreatment = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('desensitised'),
    method: line(200).describe('Mask, generalisation, noise, …, with its setting'),
  }),
  z.strictObject({
    kind: z.literal('subjectAuthorised'),
    documents: z.array(Hash).min(1).max(20).describe('The subjects’ consents, uploaded before'),
  }),
]);

export const ProductField = z.strictObject({
  name: Name.describe(
    'As the artefact, or a sample of the answers, names its column, letter for letter; a column that no field names is a finding, and so is a field that no file has',
  ),
  meaning: line(500).optional(),
  from: z.array(FieldOrigin).max(50).default([]),
  /** Where it stands in no source: how it was worked out. */
  derivation: line(500).optional(),
  treatment: FieldTreatment.optional(),
});

/** A source whose rows are public by law or were obtained publicly: counted and shown, not held against the product. */
export const PublicSource = z.strictObject({
  resource: Id,
  ground: z.enum(['obtainedPublicly', 'publicByLaw']),
  basis: line(300).describe('The law, or how it was obtained'),
  address: z.url({ protocol: /^https?$/ }).max(500),
  on: z.iso.date().describe('The day it was seen there'),
});

export const ProductContents = z
  .strictObject({
    name: line(200),
    description: words,
    class: ProductClass,
    purpose: ProductPurpose,
    grants: z.array(Id).min(1).max(100).describe('Running grants it was built under'),
    fields: z.array(ProductField).min(1).max(2_000),
    /** Null: not declared, which a product with data must. An empty list says that there are none. */
    quasiIdentifiers: z
      .array(Name)
      .max(100)
      .nullable()
      .default(null)
      .describe(
        'Fields that may single people out together; an empty list says that there are none. Either way the engine searches for others: a file of rows is clean where every combination of its columns that it searches stands in as many rows as the pack asks (k)',
      ),
    sensitive: z.array(Name).max(100).default([]),
    builtOn: z
      .array(z.string().regex(/^\d{6}-CP-\d{4}-\d{6}$/))
      .max(100)
      .default([])
      .describe('Products delivered already that it is built on (re-development)'),
    publicSources: z.array(PublicSource).max(100).default([]),
    /** Tables of aggregates in the artefact; who declares none has rows of people. */
    aggregates: z
      .array(AggregateTable)
      .max(50)
      .default([])
      .describe(
        'Tables whose rows are cells and not people: judged by the rules for aggregates, and not searched for combinations that single people out. Who declares none has rows of people',
      ),
    /** Of a model, an API or a verification. */
    service: ModelDeclaration.optional(),
  })
  .meta({ id: 'ProductContents' });
export type ProductContents = z.output<typeof ProductContents>;
export type ProductField = ProductContents['fields'][number];

export type ContentsGap = { pointer: string; why: 'required' | 'unknownField' | 'repeated' };

const repeated = (values: readonly string[], pointer: (at: number) => string): ContentsGap[] =>
  values.flatMap((value, at) =>
    values.indexOf(value) < at ? [{ pointer: pointer(at), why: 'repeated' as const }] : [],
  );

/** What is missing from the contents, or does not hang together; pointers from `/`. An empty list: they are whole. */
export const gapsIn = (contents: ProductContents): ContentsGap[] => {
  const { fields, quasiIdentifiers, sensitive, publicSources, grants, builtOn } = contents;
  const names = new Set(fields.map(({ name }) => name));
  const unknown = (list: readonly string[], key: string): ContentsGap[] =>
    list.flatMap((name, at) =>
      names.has(name) ? [] : [{ pointer: `/${key}/${at}`, why: 'unknownField' as const }],
    );
  const resources = new Set(fields.flatMap(({ from }) => from.map(({ resource }) => resource)));
  return [
    ...repeated(grants, (at) => `/grants/${at}`),
    ...repeated(builtOn, (at) => `/builtOn/${at}`),
    ...repeated(
      fields.map(({ name }) => name),
      (at) => `/fields/${at}/name`,
    ),
    ...fields.flatMap(({ from, derivation }, at) =>
      from.length === 0 && derivation === undefined
        ? [{ pointer: `/fields/${at}/from`, why: 'required' as const }]
        : [],
    ),
    ...(resources.size === 0 ? [{ pointer: '/fields', why: 'required' as const }] : []),
    ...(samplesDue(contents.class) && !contents.service
      ? [{ pointer: '/service', why: 'required' as const }]
      : []),
    ...repeated(contents.service?.samples ?? [], (at) => `/service/samples/${at}`),
    ...(quasiIdentifiers === null ? [{ pointer: '/quasiIdentifiers', why: 'required' as const }] : []),
    ...unknown(quasiIdentifiers ?? [], 'quasiIdentifiers'),
    ...unknown(sensitive, 'sensitive'),
    ...repeated(
      publicSources.map(({ resource }) => resource),
      (at) => `/publicSources/${at}/resource`,
    ),
    ...publicSources.flatMap(({ resource }, at) =>
      resources.has(resource)
        ? []
        : [{ pointer: `/publicSources/${at}/resource`, why: 'unknownField' as const }],
    ),
  ];
};
