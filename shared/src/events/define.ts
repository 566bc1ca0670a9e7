import { z } from 'zod';

/** The services; each owns one database schema and two topics. */
export const serviceNames = ['catalog', 'registry', 'pricing', 'disclosure'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Who may read: everyone, or subscribers admitted to the cases of that service. */
export type Visibility = 'public' | 'case';
export const visibilities = ['public', 'case'] as const satisfies readonly Visibility[];

/** The topic of a service and a visibility. */
export const topicOf = (service: ServiceName, visibility: Visibility) =>
  `gongshu.${service}.${visibility}.v1`;

/** One event type: what its data looks like, who may read it, which service says it. */
export interface EventDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly service: ServiceName;
  readonly visibility: Visibility;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly schema: S;
}

const describe =
  (visibility: Visibility) =>
  <S extends z.ZodRawShape>(
    service: ServiceName,
    zh: string,
    en: string,
    shape: S,
  ): EventDefinition<z.ZodObject<S>> => ({
    service,
    visibility,
    summary: { zh, en },
    schema: z.object(shape),
  });

/** An event for the case topic. */
export const caseEvent = describe('case');
/** An event that may be published. */
export const publicEvent = describe('public');

/** An id, number or code of ours: visible ASCII without spaces, so that no name or free text fits in. */
export const Id = z.string().regex(/^[\x21-\x7e]{1,160}$/);
/** A code from a closed list of the code, camelCase. */
export const Code = z.string().regex(/^[a-z][A-Za-z0-9.]{0,79}$/);
/** The control characters of Unicode (Cc), written so that other languages’ patterns read them too. */
const controls = '\\u0000-\\u001f\\u007f-\\u009f';
/** Marks what may hold words; looked for by `wordsIn`. */
const worded = z.registry<Record<string, never>>();

/**
 * Words of a thing that is public itself (decision 0027): 1 to `most` characters, no controls, so one line. Of events for
 * the public topics alone; never a person's name or contact. `asPublicWords` makes a text fit.
 */
export const publicWords = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(new RegExp(`^[^${controls}]*$`))
    .register(worded, {});
/** A title, a name. */
export const PublicWords = publicWords(1_000);
/** An abstract; a publication, as canonical JSON, which writes line breaks as `\n`. */
export const PublicText = publicWords(160_000);

/** Whether a schema is one of words. */
export const isWorded = (schema: z.core.$ZodType): boolean => worded.has(schema as z.ZodType);

/** RFC 3339 with an offset. */
export const Instant = z.iso.datetime({ offset: true });
/** A business date of Asia/Shanghai, YYYY-MM-DD. */
export const DateOn = z.iso.date();
/** `sha256:` and 64 hex digits. */
export const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
export const Count = z.int().min(0).max(1_000_000_000);
/** The article an act rests on, as the pack names it; words of a law, never of a person. */
export const Article = z.string().min(1).max(80);
/**
 * What an act rests on: the article, or that the text is silent; `articleInstrument` is the text it stands in, where no
 * frozen rules of a case name it.
 */
export const restsOn = { article: Article.optional(), articleInstrument: Article.optional() };
