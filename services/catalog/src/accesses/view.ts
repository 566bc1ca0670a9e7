import { accessRefusals, accessRefusalCodes, type AccessRefusal } from '@gongshu/shared/access';
import { toInstantText } from '@gongshu/shared/business-date';
import { z } from 'zod';
import { ResourceNo } from '../resources/resource-schema.ts';
import { accessViews } from './judge.ts';
import type { Traced } from './trace.ts';

export const GrantNo = z.string().regex(/^[0-9]{6}-SY-[0-9]{4}-[0-9]{6,9}$/);

/** A person of the registry's register of people who process data. */
const PersonNo = z.string().regex(/^RY-[0-9a-f-]{36}$/);

const Fields = z.strictObject({
  resource: ResourceNo,
  fields: z.array(z.string().trim().min(1).max(2_000)).min(1).max(500),
});

/** A question of the platform: what it is about to serve, for what, when, and to which account. */
export const AccessQuestion = z.strictObject({
  fields: z.array(Fields).min(1).max(50).describe('Fields by resource'),
  purpose: z.string().trim().min(1).max(5_000).describe('As the grant names it'),
  at: z.iso
    .datetime({ offset: true })
    .refine((text) => !text.startsWith('0000'), {
      params: { code: 'instantOutOfRange' },
      error: '没有零年 · there is no year 0',
    })
    .describe('When the data are served, within five minutes of now'),
  by: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .describe('Account at the platform, by id; no name'),
  person: PersonNo.optional().describe('数据加工人员 · whose eyes see it, by number of the register (D4)'),
  view: z.enum(accessViews).optional().describe('How a person sees the fields; raw when left out'),
});

const Article = z.object({ instrument: z.string(), article: z.string() });
const Reason = z.object({ zh: z.string(), en: z.string() });

/** What the platform is told. A refusal is an answer. */
export const AccessAnswer = z
  .object({
    permitted: z.boolean(),
    code: z.enum(accessRefusalCodes).optional(),
    reason: Reason.optional(),
    article: Article.optional(),
    beyond: z
      .array(z.object({ resource: z.string(), fields: z.array(z.string()) }))
      .optional()
      .describe('The fields that the refusal is about'),
    access: z.uuid().describe('Number of the trace'),
    answeredAt: z.string(),
    trace: z
      .string()
      .describe('Hash of the batch of traces this one is in; it proves later that none was changed'),
  })
  .meta({ id: 'AccessAnswer' });

/** A trace as it is read. */
export const AccessView = AccessAnswer.extend({
  grantNo: z.string(),
  fields: z.array(z.object({ resource: z.string(), fields: z.array(z.string()) })),
  purpose: z.string(),
  by: z.string(),
  person: z.string().optional(),
  view: z.enum(accessViews).optional(),
  at: z.string(),
}).meta({ id: 'Access' });
export type AccessView = z.output<typeof AccessView>;

export const answerView = (one: Traced): z.output<typeof AccessAnswer> => ({
  permitted: one.permitted,
  ...(one.code && { code: one.code, reason: accessRefusals[one.code as AccessRefusal] }),
  ...(one.article && { article: one.article }),
  ...(one.beyond && { beyond: one.beyond }),
  access: one.id,
  answeredAt: toInstantText(one.answeredAt),
  trace: one.trace,
});

export const accessView = (one: Traced): AccessView => ({
  ...answerView(one),
  grantNo: one.grantNo,
  fields: one.fields,
  purpose: one.purpose,
  by: one.by,
  ...(one.person !== undefined && { person: one.person }),
  ...(one.view !== undefined && { view: one.view }),
  at: toInstantText(one.at),
});
