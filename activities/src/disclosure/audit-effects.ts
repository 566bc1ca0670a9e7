/** What entries of risk assessments and audits (X5) change beside their case: who takes part, and how its findings stand. */
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { AuditState, Finding } from '@gongshu/shared/audit/types';
import type { Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<AuditTables>;

const keep = async (trx: Trx, { start, state, entry }: EffectOf): Promise<void> => {
  const { caseNo: case_no, jurisdiction } = start;
  const { findings } = state as AuditState;
  if (findings.length === 0) return;
  const row = ({ no, grade, responsible, state: stands, returns, overIn, document }: Finding) => ({
    ...{ case_no, no, jurisdiction, grade, responsible, state: stands, returns, document },
    ...{ overdue: overIn !== null, receipt: entry.receipt, found_at: new Date(entry.at) },
  });
  await trx
    .insertInto('audit_finding')
    .values(findings.map(row))
    .onConflict((conflict) =>
      conflict.columns(['case_no', 'no']).doUpdateSet((eb) => ({
        state: eb.ref('excluded.state'),
        returns: eb.ref('excluded.returns'),
        overdue: eb.ref('excluded.overdue'),
        document: eb.ref('excluded.document'),
      })),
    )
    .execute();
};

/** Who answers for a finding reads the case it stands in. */
const answerable = async (trx: Trx, { start, state }: EffectOf): Promise<void> => {
  const bodies = [...new Set((state as AuditState).findings.map(({ responsible }) => responsible))];
  await takePart(
    trx,
    start.caseNo,
    bodies.map((organisation) => ({ organisation, role: 'responsible' })),
  );
};

const does: Readonly<Record<string, (trx: Trx, of: EffectOf) => Promise<void>>> = {
  planned: async (trx, { start, entry }) => {
    const participants = entry.data['participants'] as { organisation: string; role: string }[];
    await takePart(trx, start.caseNo, participants);
  },
  found: async (trx, of) => {
    await keep(trx, of);
    await answerable(trx, of);
  },
  findingsStand: keep,
  rectified: keep,
  rectificationAccepted: keep,
  rectificationReturned: keep,
  escalated: keep,
  withdrawn: async (trx, { start }) => {
    await trx
      .updateTable('audit_case')
      .set({ withdrawn: true })
      .where('case_no', '=', start.caseNo)
      .execute();
  },
};

export const auditEffects: Effects = async (trx, of) => {
  await does[of.entry.kind]?.(trx as unknown as Trx, of);
};
