import { Code, caseEvent, Id } from './define.ts';

/** Events of bodies that take part. */
export const partyEvents = {
  'party.registered.v1': caseEvent('registry', '主体登记', 'A party was registered', {
    party: Id,
    kind: Code,
    uscc: Id.nullable(),
  }),
};
