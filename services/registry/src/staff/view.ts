import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { z } from 'zod';
import { lacking, type StaffLaw } from './law.ts';
import type { Assignment, StaffAct, StaffView } from './schema.ts';
import type { AssignmentRow, StaffActRow, StaffRow } from './tables.ts';

const dated = (on: string | null, until: string | null, document: string | null) =>
  on === null || document === null ? null : { on, until, document };

/** A person as read at an instant of the law's clock: no mark of identity among it. */
export const staffView = (row: StaffRow, law: StaffLaw, now: Date): StaffView => {
  const identity = dated(row.identity_on, row.identity_until, row.identity_document);
  const vetting = dated(row.vetted_on, row.vetted_until, row.vetting_document);
  return {
    ...{ staff: row.id, organisation: row.organisation, account: row.account, name: row.name },
    state: row.state,
    identity: identity && row.identity_how ? { ...identity, how: row.identity_how } : null,
    filedOn: row.filed_on,
    vetting: vetting && row.vetting_result ? { ...vetting, result: row.vetting_result } : null,
    confidentiality: dated(row.confidentiality_on, row.confidentiality_until, row.confidentiality_document),
    lacking: lacking(law, row, businessDateOf(now.getTime())),
    registeredAt: instant(row.registered_at),
    leftAt: instantOrNull(row.left_at),
  };
};

export const assignmentView = (row: AssignmentRow): z.output<typeof Assignment> => ({
  ...{ assignment: row.id, kind: row.kind, subject: row.subject, from: row.from_on, until: row.until_on },
  assignedAt: instant(row.assigned_at),
  endedAt: instantOrNull(row.ended_at),
});

export const staffActView = (row: StaffActRow & { subject: string }): z.output<typeof StaffAct> => ({
  ...{ act: row.act, assignment: row.assignment, subject: row.subject, note: row.note },
  at: instant(row.at),
});
