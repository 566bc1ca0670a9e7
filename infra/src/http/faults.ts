import {
  type ArticleRef,
  isProblemCode,
  Problem,
  type ProblemCode,
  type ProblemOptions,
  type ProblemPlace,
  problem,
} from '@gongshu/shared/problems';
import { z } from 'zod';
import { chainOf, type Fault, isAway } from '../away.ts';

/** Seconds after which a client may try again when a part of ours was away. */
const retrySoon = { 'retry-after': '5' };

/** What a workflow may say beside its code, in `ApplicationFailure.details[0]`. */
const FailureDetails = z.object({
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  article: z.object({ instrument: z.string(), article: z.string() }).optional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).optional(),
}) satisfies z.ZodType<{
  params?: object | undefined;
  article?: ArticleRef | undefined;
  errors?: ProblemPlace[] | undefined;
}>;

/** A refusal that a workflow or activity threw under one of our codes. */
const fromWorkflow = (chain: readonly Fault[], cause: unknown): Problem | undefined => {
  for (const fault of chain) {
    const { type, details } = fault as { type?: unknown; details?: readonly unknown[] };
    if (fault.name !== 'ApplicationFailure' || !isProblemCode(type)) continue;
    const said = FailureDetails.safeParse(details?.[0]);
    const options = Object.fromEntries(
      Object.entries(said.data ?? {}).filter(([, value]) => value !== undefined),
    );
    return problem(type, { ...(options as ProblemOptions), cause });
  }
  return undefined;
};

/** PostgreSQL refused the values themselves: class 22, or an index entry too large. */
const isRefusedValue = ({ code, severity }: Fault): boolean =>
  severity !== undefined && typeof code === 'string' && /^(22\w{3}|54000)$/.test(code);

const byFastifyCode: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'bodyTooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupportedMediaType',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformedBody',
  FST_ERR_MAX_PARAM_LENGTH: 'addressTooLong',
  FST_ERR_HANDLER_TIMEOUT: 'unavailable',
  FST_ERR_NOT_FOUND: 'notFound',
};

const brokenAddress: ProblemPlace = {
  pointer: '/address',
  code: 'percentEncoding',
  message: { zh: '地址中的百分号编码不完整', en: 'A percent sign of the address begins no character' },
};

const fromFastify = ({ code, statusCode }: Fault, cause: unknown): Problem | undefined => {
  if (code === 'FST_ERR_BAD_URL') return problem('invalidRequest', { cause, errors: [brokenAddress] });
  const named = typeof code === 'string' && code.startsWith('FST_') ? byFastifyCode[code] : undefined;
  if (named) return problem(named, { cause, params: { types: 'application/json', type: 'JSON' } });
  const refused = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return refused && typeof code === 'string' ? problem('invalidRequest', { cause }) : undefined;
};

/** Any thrown thing as the problem to answer. What nobody foresaw is `internalError`, its words kept for the log. */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const chain = chainOf(error);
  const refused = fromWorkflow(chain, error);
  if (refused) return refused;
  if (chain.some(({ code, severity }) => severity !== undefined && code === '23505'))
    return problem('alreadyExists', { cause: error });
  if (chain.some(isAway)) return problem('unavailable', { cause: error, headers: retrySoon });
  if (chain.some(isRefusedValue)) return problem('invalidRequest', { cause: error });
  return fromFastify(chain[0] ?? {}, error) ?? problem('internalError', { cause: error });
};
