/** Opening a selection (O1, O12): under a plan in force, in a mode of the pack, with criteria that hold. */
import type { Taken } from '@gongshu/infra/intake/take';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { MandateMode } from '@gongshu/shared/packs/topics/mandate';
import { SelectionMode } from '@gongshu/shared/packs/topics/operator-selection';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import { faultsOf } from '@gongshu/shared/selection/faults';
import { ScoreQuestion } from '@gongshu/shared/selection/question';
import type { SelectionFacts } from '@gongshu/shared/selection/types';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { clauseOf, type RegistrySelectionTables } from './deps.ts';

const CaseNo = z.string().regex(/^[0-9A-Za-z-]{1,60}$/);
export const Body = z.string().regex(/^[\x21-\x7e]{1,80}$/);
const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);
const unique = (list: readonly string[]): boolean => new Set(list).size === list.length;
const once = { params: { code: 'repeated' }, error: '重复 · stands twice' };

export const SelectionBody = z.strictObject({
  plan: CaseNo.describe('Case number of the implementation plan in force'),
  mode: SelectionMode,
  criteria: ScoreQuestion.shape.criteria,
  method: ScoreQuestion.shape.method,
  tieRule: ScoreQuestion.shape.tieRule,
  mandate: z.strictObject({
    mode: MandateMode,
    fields: z.array(Code).max(50).refine(unique, once).default([]),
    scenarios: z.array(Code).max(50).refine(unique, once).default([]),
    termMonths: z.int().min(1).max(600),
  }),
  invitees: z
    .array(Body)
    .max(50)
    .refine(unique, once)
    .default([])
    .describe('Registered bidders or operators; by invitation alone'),
  rerunOf: CaseNo.nullable().default(null).describe('The failed case that this one runs again'),
});
export type SelectionBody = z.output<typeof SelectionBody>;

const place = (pointer: string, code: string, zh: string, en: string): ProblemPlace => ({
  ...{ pointer, code },
  message: { zh, en },
});

/** What is sought is a mandate of the pack: whole without fields, by field or scenario with some (O12). */
const mustSeekMandate = (pack: ResolvedPack, { mode, fields, scenarios }: SelectionBody['mandate']): void => {
  const { value } = ruleOf(pack, 'mandate', 'modes');
  if (!value.allowed.includes(mode))
    throw problem('mandateModeNotAllowed', {
      params: { mode },
      errors: [
        place('/body/mandate/mode', 'notAllowed', '本地不用此授权模式', 'Not a mode of authorisation here'),
      ],
      article: clauseOfRule(pack, ruleOf(pack, 'mandate', 'modes')),
    });
  const fault = (pointer: string) =>
    problem('invalidRequest', {
      errors: [place(pointer, 'extentDiffers', '授权范围与授权模式不符', 'The extent does not fit the mode')],
    });
  if ((mode === 'byField') !== fields.length > 0) throw fault('/body/mandate/fields');
  if ((mode === 'byScenario') !== scenarios.length > 0) throw fault('/body/mandate/scenarios');
};

/** Throws `selectionModeNotAllowed`, `tooFewInvitees`, `inviteesNotAsked`, `mandateModeNotAllowed`, `criteriaInvalid` (422). */
export const mustHold = (pack: ResolvedPack, body: SelectionBody): SelectionFacts['by'] => {
  const modes = ruleOf(pack, 'operatorSelection', 'modes').value;
  const known = modes.find(({ mode }) => mode === body.mode);
  if (!known)
    throw problem('selectionModeNotAllowed', {
      params: { modes: modes.map(({ mode }) => mode).join(', ') },
      errors: [place('/body/mode', 'notAllowed', '本地不用此选择方式', 'Not a mode of selection here')],
      ...clauseOf(pack, 'modes'),
    });
  const least = ruleOf(pack, 'operatorSelection', 'minInvitees').value;
  if (known.by === 'announcement' && body.invitees.length > 0)
    throw problem('inviteesNotAsked', {
      errors: [
        place('/body/invitees', 'notAsked', '公告方式不列受邀机构', 'Nobody is invited by announcement'),
      ],
      ...clauseOf(pack, 'modes'),
    });
  const needed = least === 'none' ? 1 : least;
  if (known.by === 'invitation' && body.invitees.length < needed)
    throw problem('tooFewInvitees', {
      params: { needed, found: body.invitees.length },
      errors: [place('/body/invitees', 'tooFew', '受邀机构不足', 'Too few are invited')],
      ...clauseOf(pack, 'minInvitees'),
    });
  mustSeekMandate(pack, body.mandate);
  const faults = faultsOf(
    {
      ...{ criteria: body.criteria, method: body.method, tieRule: body.tieRule, minBids: 1 },
      ...{ closesAt: '2000-01-01T00:00:00+08:00', bidders: [], experts: [], scores: [] },
    },
    pack,
  );
  if (faults.length > 0)
    throw problem('criteriaInvalid', {
      errors: faults.map(({ pointer, code, message }) => {
        const [zh = message, en = message] = message.split(' · ');
        return place(`/body${pointer}`, code, zh, en);
      }),
      ...clauseOf(pack, 'assessment'),
    });
  return known.by;
};

/** Bodies that may bid: registered bidders and operators. Throws `bidderUnknown` (422) with every place. */
const mustBeBidders = async (
  trx: Transaction<RegistrySelectionTables>,
  jurisdiction: string,
  invitees: readonly string[],
): Promise<void> => {
  if (invitees.length === 0) return;
  const rows = await trx
    .selectFrom('party')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', 'in', ['bidder', 'operator'])
    .where('id', 'in', [...invitees])
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const errors = invitees.flatMap((id, at) =>
    known.has(id)
      ? []
      : [
          place(
            `/body/invitees/${at}`,
            'bidderUnknown',
            '未登记的机构',
            'Not a registered bidder or operator',
          ),
        ],
  );
  if (errors.length > 0) throw problem('bidderUnknown', { errors });
};

/**
 * What a case begins with, asked inside its transaction: the plan is in force, invitees are registered, the case run
 * again has failed. Throws `selectionWithoutPlan` (409), `bidderUnknown`, `rerunNotFailed` (422).
 */
export const factsOf = async (
  untyped: Transaction<ProcedureTables>,
  pack: ResolvedPack,
  { invitees, plan, rerunOf, mode, criteria, method, tieRule, mandate }: SelectionBody,
  { caseNo, by }: Pick<Taken & { caseNo: string }, 'caseNo'> & { by: SelectionFacts['by'] },
): Promise<SelectionFacts> => {
  const trx = untyped as unknown as Transaction<RegistrySelectionTables>;
  const { jurisdiction } = pack;
  const inForce = await trx
    .selectFrom('plan')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('case_no', '=', plan)
    .where('replaced_at', 'is', null)
    .executeTakeFirst();
  if (!inForce)
    throw problem('selectionWithoutPlan', {
      errors: [place('/body/plan', 'notInForce', '不是生效的实施方案', 'Not a plan in force')],
      ...clauseOf(pack, 'modes'),
    });
  await mustBeBidders(trx, jurisdiction, invitees);
  if (rerunOf !== null) {
    const before = await trx
      .selectFrom('procedure')
      .select('outcome')
      .where('case_no', '=', rerunOf)
      .where('jurisdiction', '=', jurisdiction)
      .where('kind', '=', 'selection')
      .executeTakeFirst();
    if (before?.outcome !== 'failed')
      throw problem('rerunNotFailed', {
        errors: [place('/body/rerunOf', 'notFailed', '该案并未失败', 'That case has not failed')],
      });
  }
  for (const organisation of invitees)
    await trx.insertInto('selection_invitee').values({ case_no: caseNo, organisation }).execute();
  return { plan, mode, by, criteria, method, tieRule, mandate, rerunOf };
};
