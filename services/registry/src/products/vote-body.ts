/** A vote as a checker gives it (E1; 中卫 十七、二十三、二十八): on each field, each exception, each lawfully public source. */
import { Reason } from '@gongshu/infra/cases/case-routes';
import type { VoteReason, VoteWords } from '@gongshu/infra/products/tables';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { EgressException, OpenedVote } from '@gongshu/shared/product/types';
import { EgressReason } from '@gongshu/shared/product/codes';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import { z } from 'zod';

const Because = Reason.extend({ code: EgressReason });

export const VoteBody = z
  .strictObject({
    round: z.int().min(1).max(100_000).describe('The round the checker has looked at'),
    fields: z
      .array(
        z.strictObject({
          field: z.string().regex(/^[a-z][A-Za-z]{0,59}$/),
          pass: z.boolean(),
          reasons: z.array(Because).max(20).default([]).describe('Needed where the field is refused'),
        }),
      )
      .max(20),
    exceptions: z
      .array(
        z.strictObject({
          exception: z.int().min(1).max(100_000),
          accept: z.boolean(),
          reason: Because.nullable().default(null).describe('Needed where it is refused'),
        }),
      )
      .max(1_000)
      .default([]),
    sources: z
      .array(
        z.strictObject({
          source: z.string().min(1).max(160),
          confirmed: z.boolean(),
          reason: Because.nullable().default(null).describe('Needed where it is not confirmed'),
        }),
      )
      .max(100)
      .default([])
      .describe('Sources said to be lawfully public'),
  })
  .meta({ id: 'EgressVote' });
export type VoteBody = z.output<typeof VoteBody>;

/** What a vote is on. */
export type VoteOn = {
  fields: EgressRules['fields'];
  exceptions: readonly EgressException[];
  sources: readonly string[];
};

type Item = { of: string; kept: boolean; reasons: readonly z.output<typeof Because>[] };
const words = {
  required: { zh: '缺少此项的表决', en: 'The vote does not say' },
  repeated: { zh: '重复表决', en: 'Voted on twice' },
  unknown: { zh: '不在须表决的事项之内', en: 'Nothing to be voted on' },
  reasonNeeded: { zh: '不通过须写明理由', en: 'Give the reason of a refusal' },
} as const;

const faultsOf = (name: string, given: readonly Item[], expected: readonly string[]): ProblemPlace[] => {
  const place = (at: number | string, code: keyof typeof words): ProblemPlace => ({
    ...{ pointer: `/body/${name}/${at}`, code, message: words[code] },
  });
  const missing = expected.filter((one) => !given.some(({ of }) => of === one));
  return [
    ...given.flatMap(({ of, kept, reasons }, at) => {
      if (!expected.includes(of)) return [place(at, 'unknown')];
      if (given.findIndex((one) => one.of === of) < at) return [place(at, 'repeated')];
      return kept || reasons.length > 0 ? [] : [place(at, 'reasonNeeded')];
    }),
    ...missing.map((one) => place(encodeURIComponent(one), 'required')),
  ];
};

/**
 * The vote with its words, apart from the codes it is judged by. Throws `voteIncomplete` (422) naming every field,
 * exception and source it lacks, repeats or does not know, and each refusal without a reason.
 */
export const wholeVote = (
  checker: string,
  on: VoteOn,
  { fields, exceptions, sources }: VoteBody,
): VoteWords => {
  const given = {
    fields: fields.map(({ field, pass, reasons }) => ({ of: field, kept: pass, reasons })),
    exceptions: exceptions.map(({ exception, accept, reason }) => ({
      ...{ of: String(exception), kept: accept, reasons: reason ? [reason] : [] },
    })),
    sources: sources.map(({ source, confirmed, reason }) => ({
      ...{ of: source, kept: confirmed, reasons: reason ? [reason] : [] },
    })),
  };
  const errors = [
    ...faultsOf('fields', given.fields, on.fields),
    ...faultsOf(
      'exceptions',
      given.exceptions,
      on.exceptions.map(({ number }) => String(number)),
    ),
    ...faultsOf('sources', given.sources, on.sources),
  ];
  if (errors.length > 0) throw problem('voteIncomplete', { errors });
  const reasonsOn = (kind: VoteReason['on'], items: readonly Item[]): VoteReason[] =>
    items.flatMap(({ of, reasons }) => reasons.map(({ code, text }) => ({ on: kind, of, code, text })));
  return {
    checker,
    fields: fields.map(({ field, pass, reasons }) => ({
      ...{ field: field as VoteWords['fields'][number]['field'], pass },
      reasonCodes: reasons.map(({ code }) => code),
    })),
    exceptions: exceptions.flatMap(({ exception, accept }) => (accept ? [exception] : [])),
    sources: sources.flatMap(({ source, confirmed }) => (confirmed ? [source] : [])),
    reasons: [
      ...reasonsOn('field', given.fields),
      ...reasonsOn('exception', given.exceptions),
      ...reasonsOn('source', given.sources),
    ],
  };
};

/** What of a vote the case itself is told: codes only. */
export const withoutWords = ({ checker, fields, exceptions, sources }: VoteWords): OpenedVote => ({
  ...{ checker, fields, exceptions, sources },
});
