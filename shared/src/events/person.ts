import { z } from 'zod';
import { Code, caseEvent, DateOn, Id } from './define.ts';

const absence = { absence: Id, person: Id, substitute: Id, organisation: Id, from: DateOn, until: DateOn };

/** Events of people, their absences and substitutes: account ids, never names or contacts. */
export const personEvents = {
  'office.registered.v1': caseEvent('registry', '处室登记', 'An office was registered', {
    office: Id,
    organisation: Id,
  }),
  'person.registered.v1': caseEvent('registry', '人员登记', 'A person was registered', {
    person: Id,
    organisation: Id,
    office: Id.nullable(),
  }),
  'person.changed.v1': caseEvent('registry', '人员信息变更', 'A person’s entry was changed', {
    person: Id,
    organisation: Id,
    changedFields: z.array(Code),
  }),
  'person.absenceRecorded.v1': caseEvent(
    'registry',
    '不在岗登记',
    'A person is away, and another stands in',
    absence,
  ),
  'person.absenceCancelled.v1': caseEvent('registry', '不在岗撤销', 'An absence was cancelled', {
    absence: Id,
    person: Id,
    substitute: Id,
    organisation: Id,
  }),
};
