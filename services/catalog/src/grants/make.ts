/** The grant that two signatures make (Zhongwei art. 19, 20): what the agreement says, and no more. */
import { standingBody } from '@gongshu/infra/cases/bodies';
import { successorOf } from '@gongshu/infra/cases/succession';
import { tellWorkflow } from '@gongshu/infra/intake/take';
import type { Change } from '@gongshu/infra/record';
import {
  addDays,
  businessDateOf,
  endOfDay,
  startOfDay,
  toInstantText,
  yearOf,
} from '@gongshu/shared/business-date';
import { beginsOn } from '@gongshu/shared/grant/term';
import type { GrantTerm } from '@gongshu/shared/grant/types';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { AgreementRow } from '../agreements/offer.ts';
import { type ActingPerson, type GrantDeps, suspensionRests, type UseTrx } from './deps.ts';
import { nextNo } from './number.ts';
import { ending, type GrantRow, stateAt, suspending } from './standing.ts';
import { toldScope } from './told-scope.ts';

type Signed = { at: Date; actor: ActingPerson };
/** What was told, and the receipts of the words to workflows, to be delivered after the commit. */
type Made = { grantNo: string; changes: Change[]; receipts: string[] };

/** The bureau of the city; the operator stands in where none is registered. */
const authorityOf = async (trx: UseTrx, { jurisdiction, operator }: AgreementRow): Promise<string> =>
  (await standingBody(trx, 'body', jurisdiction, 'bureau')) ?? operator;

/**
 * Entries with the body that answers for each now: one may have gone into another since it reviewed (G1), and it is the
 * successor that reads the grant and reports overreach on it.
 */
const entriesOf = (trx: UseTrx, { jurisdiction, terms }: AgreementRow) =>
  Promise.all(
    terms.resources.map(async (entry) => ({
      ...entry,
      reviewer: (await successorOf(trx, 'body', jurisdiction, entry.reviewer)) ?? entry.reviewer,
    })),
  );

/** The grant that this one changes or prolongs, held. Throws `grantEnded`, `grantRenewedAlready`. */
const followed = async (trx: UseTrx, { terms }: AgreementRow, at: Date): Promise<GrantRow | undefined> => {
  if (terms.replaces === null) return undefined;
  const old = await trx
    .selectFrom('use_grant')
    .selectAll()
    .where('grant_no', '=', terms.replaces)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (terms.kind === 'amendment' && stateAt(old, at) === 'ended')
    throw problem('grantEnded', { params: { endKind: old.end_kind ?? 'expired' } });
  const renewed = await trx
    .selectFrom('use_grant')
    .select('grant_no')
    .where('replaces', '=', old.grant_no)
    .where('kind', '=', 'renewal')
    .where('state', '!=', 'ended')
    .executeTakeFirst();
  if (renewed && terms.kind === 'renewal') throw problem('grantRenewedAlready');
  return old;
};

/** First and last day. Throws `agreementTermOutside` where nothing of the agreed term is left. */
const termOf = ({ terms }: AgreementRow, old: GrantRow | undefined, at: Date) => {
  const today = businessDateOf(at.getTime());
  // One that ended early leaves no day to wait for.
  const oldUntil =
    old && old.end_kind !== null && old.end_kind !== 'expired' ? addDays(today, -1) : old?.until_on;
  const from = beginsOn(terms.term.from, terms.kind === 'renewal' ? (oldUntil ?? null) : null, today);
  const { until } = terms.term;
  if (from > until || endOfDay(until) <= at.getTime())
    throw problem('agreementTermOutside', { params: { from, until } });
  return { from, until };
};

/** Suspensions that stand go over to what follows: an amendment does not wash them off. */
const takeOver = async (
  trx: UseTrx,
  pack: ResolvedPack,
  old: GrantRow,
  grantNo: string,
  { at, actor }: Signed,
): Promise<Change[]> => {
  const open = await trx
    .selectFrom('use_grant_suspension')
    .selectAll()
    .where('grant_no', '=', old.grant_no)
    .where('lifted_at', 'is', null)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  const changes: Change[] = [];
  for (const { cause, subject, reasons } of open) {
    const rests = suspensionRests(pack, cause);
    const done = await suspending(trx, { grantNo, cause, subject, reasons, rests, at, actor });
    changes.push(...(done?.changes ?? []));
  }
  return changes;
};

/** Makes the grant of an agreement both have signed, in the transaction of the second signature. */
export const makeGrant = async (
  deps: Pick<GrantDeps, 'packs'>,
  trx: UseTrx,
  agreement: AgreementRow,
  signed: Signed,
): Promise<Made> => {
  const { at, actor } = signed;
  const { jurisdiction, terms, merchant, operator, case_no, agreement_no } = agreement;
  const pack = deps.packs.resolve(jurisdiction);
  const rests = restsOn(pack, 'dataUse', 'agreementContents');
  const old = await followed(trx, agreement, at);
  const { from, until } = termOf(agreement, old, at);
  const authority = await authorityOf(trx, agreement);
  const entries = await entriesOf(trx, agreement);
  const grantNo = await nextNo(trx, 'grant', {
    jurisdiction,
    areaCode: pack.areaCode,
    year: yearOf(businessDateOf(at.getTime())),
  });
  const endsAt = endOfDay(until);
  await trx
    .insertInto('use_grant')
    .values({
      grant_no: grantNo,
      jurisdiction,
      case_no,
      agreement_no,
      merchant,
      operator,
      authority,
      kind: terms.kind,
      replaces: terms.replaces,
      purpose: terms.purpose,
      conditions: JSON.stringify(terms.conditions) as never,
      from_on: from,
      until_on: until,
      starts_at: new Date(startOfDay(from)),
      ends_at: new Date(endsAt),
      end_kind: null,
      ended_at: null,
      ended_by: null,
      ended_reasons: null,
      // The workflow looks at once, and says what comes next.
      wake_at: at,
      wake_kind: 'opening',
      warning_days: [...ruleOf(pack, 'dataUse', 'expiryWarnings').value.calendarDaysBefore],
      granted_at: at,
    })
    .execute();
  await trx
    .insertInto('use_grant_resource')
    .values(
      entries.map(({ resource, reviewer, fields, masked }) => ({
        grant_no: grantNo,
        resource_id: resource,
        reviewer_organisation: reviewer,
        fields,
        masked,
      })),
    )
    .execute();
  const term: GrantTerm = {
    grantNo,
    caseNo: case_no,
    jurisdictionTitle: pack.title,
    merchant,
    endsAt,
    rests: { warning: restsOn(pack, 'dataUse', 'expiryWarnings'), expiry: rests },
  };
  // The workflow that watches the term is started from the intake, as every workflow is.
  const opened = await tellWorkflow(
    trx,
    { act: 'openGrant', jurisdiction, caseNo: case_no, workflowId: grantNo, payload: { term }, actor },
    at,
  );
  const granted: Change = {
    key: `${grantNo}/granted`,
    type: 'grant.granted.v1',
    subject: grantNo,
    jurisdiction,
    at,
    actor,
    data: {
      grantNo,
      caseNo: case_no,
      merchant,
      operator,
      authority,
      reviewers: [...new Set(entries.map(({ reviewer }) => reviewer))].sort(),
      agreementNo: agreement_no,
      agreementHash: agreement.hash,
      kind: terms.kind,
      replaces: terms.replaces,
      resources: terms.resources.map(({ resource }) => resource),
      scope: await toldScope(trx, entries),
      purpose: terms.purpose,
      fromOn: from,
      untilOn: until,
      ...rests,
    },
    audit: { startsAt: toInstantText(startOfDay(from)), endsAt: toInstantText(endsAt) },
  };
  const carried = old ? await takeOver(trx, pack, old, grantNo, signed) : [];
  const replaced =
    old && terms.kind === 'amendment'
      ? await ending(trx, { grantNo: old.grant_no, endKind: 'replaced', by: grantNo, rests, at, actor })
      : undefined;
  return {
    grantNo,
    changes: [granted, ...carried, ...(replaced?.changes ?? [])],
    receipts: [opened, ...(replaced ? [replaced.receipt] : [])],
  };
};
