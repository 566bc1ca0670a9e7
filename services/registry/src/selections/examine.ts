/** The examination of bids (O2): every condition of the pack judged, bid by bid, with the evidence in the envelope. */
import { lookupDebarment } from '@gongshu/infra/debarment/lookup';
import { conflictsOf } from '@gongshu/infra/experts/conflicts';
import { jsonHash } from '@gongshu/infra/hash';
import type { RecordInForce } from '@gongshu/infra/incidents/record-in-force';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { problem } from '@gongshu/shared/problems';
import {
  type BidderEvidence,
  type ConditionFinding,
  incidentGrades,
  judgeConditions,
  listsAsked,
} from '@gongshu/shared/selection/conditions';
import type { BidFinding } from '@gongshu/shared/selection/types';
import { z } from 'zod';
import { recordsInForce } from '../credit-records/in-force.ts';
import { closedBox, unsealed } from './bids.ts';
import { caseOf, clauseOf, type SelectionDeps } from './deps.ts';
import { Body } from './opening.ts';

const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);
const incidents = z.enum(['networkSecurity', 'dataSecurity', 'personalInformation']);
const violations = z.enum(['networkSecurity', 'dataSecurity', 'personalInformation', 'majorOffences']);

/** What the bureau found in the papers of a bid, and what its searches gave; `null`: nobody has searched. */
export const Examination = z.strictObject({
  bids: z
    .array(
      z.strictObject({
        bidder: Body,
        findings: z.record(Code, z.enum(['met', 'notMet'])),
        incidents: z
          .array(z.strictObject({ on: z.iso.date(), kind: incidents, grade: z.enum(incidentGrades) }))
          .max(200)
          .nullable()
          .default(null),
        violations: z
          .array(z.strictObject({ on: z.iso.date(), kind: violations }))
          .max(200)
          .nullable()
          .default(null),
      }),
    )
    .max(100)
    .refine((bids) => new Set(bids.map(({ bidder }) => bidder)).size === bids.length, {
      params: { code: 'repeated' },
      error: '重复 · stands twice',
    }),
});
export type Examination = z.output<typeof Examination>;

export type Examined = {
  findings: BidFinding[];
  details: {
    bidder: string;
    conditions: readonly ConditionFinding[];
    /** On record that day (X1): shown to who decides, no condition of its own. */
    creditRecords: readonly RecordInForce[];
  }[];
  /** Of the conditions alone. */
  findingsHash: string;
  conflicted: string[];
};

/**
 * Judges every bid that was opened; a broken envelope proves nothing, so its bid is not valid. Names the experts drawn
 * who have something to do with a bidder. Throws `bidFindingsIncomplete` (422) naming the bids not examined.
 */
export const examined = async (
  deps: SelectionDeps,
  row: ProcedureRow,
  { bids }: Examination,
  on: string,
): Promise<Examined> => {
  const { db, sealing, packs } = deps;
  const { jurisdiction, case_no: caseNo } = row;
  const { rules, state } = caseOf(row);
  if (row.stage !== 'examination')
    throw problem('stepNotReached', {
      params: { stage: row.stage },
      ...clauseOf(packs.resolve(jurisdiction), 'conditions'),
    });
  const given = new Map(bids.map((one) => [one.bidder, one]));
  const missing = state.bids.filter(({ bidder }) => !given.has(bidder));
  if (missing.length > 0 || given.size !== state.bids.length)
    throw problem('bidFindingsIncomplete', {
      errors: missing.map(({ bidder }) => ({
        ...{ pointer: '/body/bids', code: 'missing' },
        message: { zh: `缺少 ${bidder}`, en: `${bidder} is missing` },
      })),
      ...clauseOf(packs.resolve(jurisdiction), 'conditions'),
    });
  const box = new Map((await closedBox(deps, row)).map((one) => [one.bidder, one]));
  const lists = listsAsked(rules.conditions);
  const onRecord = await recordsInForce(db, {
    ...{ jurisdiction, on },
    bodies: state.bids.map(({ bidder }) => bidder),
  });
  const judged: Omit<Examined['details'][number], 'creditRecords'>[] = [];
  const findings: BidFinding[] = [];
  for (const { bidder } of state.bids) {
    const sealed = box.get(bidder);
    const envelope = sealed && unsealed(sealing, caseNo, sealed);
    const party = await db
      .selectFrom('party')
      .select('uscc')
      .where('jurisdiction', '=', jurisdiction)
      .where('id', '=', bidder)
      .executeTakeFirst();
    const uscc = party?.uscc ?? '';
    const said = given.get(bidder);
    // A bidder names the conditions: none of its names reaches what an object inherits.
    const documents = Object.create(null) as Record<string, string[]>;
    for (const { condition, hash } of envelope?.bid.documents ?? [])
      if (condition !== null) (documents[condition] ??= []).push(hash);
    const evidence: BidderEvidence = {
      ...{ uscc, documents, findings: said?.findings ?? {}, mlps: envelope?.bid.mlps ?? [] },
      ...{ incidents: said?.incidents ?? null, violations: said?.violations ?? null },
    };
    const answers = await lookupDebarment(db, { jurisdiction, uscc, lists, on });
    const conditions = judgeConditions(rules.conditions, evidence, answers, on);
    const failed = conditions.filter(({ met }) => !met).map(({ code }) => code);
    judged.push({ bidder, conditions });
    findings.push({
      bidder,
      valid: envelope !== undefined && failed.length === 0,
      failed: envelope === undefined ? ['envelopeBroken'] : failed,
    });
  }
  return {
    findings,
    details: judged.map((one) => ({ ...one, creditRecords: onRecord.get(one.bidder) ?? [] })),
    findingsHash: jsonHash(judged),
    conflicted: await conflictedIn(deps, row, on),
  };
};

/** Members and substitutes who have something to do with a bidder on a day: declared, employed there, or owned. */
export const conflictedIn = async (
  { db }: Pick<SelectionDeps, 'db'>,
  row: ProcedureRow,
  on: string,
): Promise<string[]> => {
  const { state } = caseOf(row);
  const bodies = state.bids.map(({ bidder }) => bidder);
  const found: string[] = [];
  for (const { id: expert } of [...state.panel, ...state.substitutes])
    if ((await conflictsOf(db, { jurisdiction: row.jurisdiction, expert, bodies, on })).length > 0)
      found.push(expert);
  return found;
};
