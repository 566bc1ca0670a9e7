import { Code, Count, caseEvent, DateOn, Hash, Id, PublicWords, publicEvent } from './define.ts';

/** Events of bodies that take part. */
export const partyEvents = {
  'party.registered.v1': caseEvent('registry', '主体登记', 'A party was registered', {
    party: Id,
    kind: Code,
    uscc: Id.nullable(),
  }),
  'party.renamed.v1': caseEvent('registry', '主体更名', 'A party was renamed', {
    party: Id,
    nameHash: Hash,
    on: DateOn,
    documentHash: Hash.nullable(),
  }),
  'party.succeeded.v1': caseEvent('registry', '主体承继', 'A party went into its successor', {
    party: Id,
    kind: Code,
    successor: Id,
    on: DateOn,
    documentHash: Hash.nullable(),
    /** Open onboardings that moved with it. */
    cases: Count,
  }),
  /** Of a body with a public role; of a bidder only once its name is published. Told again when it changes. */
  'party.named.v1': publicEvent('registry', '公开主体名称', 'The name of a body with a public role', {
    ...{ party: Id, kind: Code, name: PublicWords, uscc: Id.nullable() },
    ...{ level: Code.nullable(), county: PublicWords.nullable(), successor: Id.nullable() },
  }),
  'party.workMoved.v1': caseEvent(
    'catalog',
    '经办事项移交',
    'The work of a body in the catalog went to its successor',
    {
      from: Id,
      to: Id,
      resources: Count,
      cases: Count,
      grants: Count,
      supplies: Count,
    },
  ),
};
