import fc from 'fast-check';
import {
  type Act,
  type ActObject,
  type Actor,
  actingRole,
  acts,
  anyone,
  may,
  needsObject,
  type Role,
  roles,
} from './may.ts';

const actor = (
  role: Role | readonly Role[],
  organisation: string | null = 'own',
  jurisdiction = 'zhongwei',
): Actor => ({
  id: 'someone',
  roles: [role].flat() as Role[],
  organisation,
  jurisdiction,
});
const object = (rest: Omit<ActObject, 'jurisdiction'> = {}, jurisdiction = 'zhongwei'): ActObject => ({
  jurisdiction,
  ...rest,
});

/** The case of applicant `firm`, operator `operator`, reviewers `dept` and `county`, whose turn is `dept`'s. */
const turn = object({ owner: 'firm', handlers: ['operator', 'dept', 'county'], assignee: 'dept' });

describe('G1, Zhongwei arts 5, 20, 21: who may do what', () => {
  it.each<[string, Actor, Act, ActObject | undefined, string]>([
    ['anyone reads policies', anyone, 'readPolicies', undefined, 'yes'],
    ['anyone previews a deadline', anyone, 'previewDeadline', undefined, 'yes'],
    [
      'the government reads of its own act',
      actor('government'),
      'readReceipt',
      object({ owner: 'own' }),
      'yes',
    ],
    ['an expert, of nobody else’s', actor('expert'), 'readReceipt', object({ owner: 'firm' }), 'hidden'],
    [
      'anyone reads a published resource of any city',
      anyone,
      'readResources',
      object({ published: true }, 'wuhai'),
      'yes',
    ],
    [
      'anyone knows nothing of an unpublished one',
      anyone,
      'readResources',
      object({ owner: 'dept' }),
      'hidden',
    ],
    [
      'its department reads its own draft',
      actor('sourceDepartment'),
      'readResources',
      object({ owner: 'own' }),
      'yes',
    ],
    [
      'a merchant submits for itself',
      actor('merchant'),
      'submitApplication',
      object({ owner: 'own' }),
      'yes',
    ],
    [
      'a merchant not for another',
      actor('merchant'),
      'submitApplication',
      object({ owner: 'other' }),
      'hidden',
    ],
    ['a merchant reads its own case', actor('merchant', 'firm'), 'readApplication', turn, 'yes'],
    ["a merchant not another's", actor('merchant', 'rival'), 'readApplication', turn, 'hidden'],
    ['the operator of the case checks', actor('operator', 'operator'), 'checkApplication', turn, 'yes'],
    ['another operator does not know of it', actor('operator', 'second'), 'checkApplication', turn, 'hidden'],
    ['a department checks nothing', actor('sourceDepartment', 'dept'), 'checkApplication', turn, 'forbidden'],
    ['the reviewer whose turn it is decides', actor('sourceDepartment', 'dept'), 'decideReview', turn, 'yes'],
    [
      'another reviewer of the case sees, and may not',
      actor('countyBureau', 'county'),
      'decideReview',
      turn,
      'forbidden',
    ],
    [
      'a department outside the case sees nothing',
      actor('sourceDepartment', 'far'),
      'decideReview',
      turn,
      'hidden',
    ],
    ['the bureau directs the check', actor('bureau', 'bureau'), 'directCheck', turn, 'yes'],
    ['the bureau decides extensions', actor('bureau', 'bureau'), 'decideExtension', turn, 'yes'],
    ['the bureau decides no review', actor('bureau', 'bureau'), 'decideReview', turn, 'forbidden'],
    [
      'no reviewer grants its own extension',
      actor('sourceDepartment', 'dept'),
      'decideExtension',
      turn,
      'forbidden',
    ],
    ['the auditor reads every case of its city', actor('auditor', null), 'readApplication', turn, 'yes'],
    [
      'a bureau of another city knows of nothing',
      actor('bureau', 'bureau', 'wuhai'),
      'readApplication',
      turn,
      'hidden',
    ],
    [
      'a bureau of another city directs nothing',
      actor('bureau', 'bureau', 'wuhai'),
      'directCheck',
      turn,
      'hidden',
    ],
    ['the collecting city publishes', actor('bureau'), 'publishResource', object({ owner: 'dept' }), 'yes'],
    [
      'a department does not publish',
      actor('sourceDepartment'),
      'publishResource',
      object({ owner: 'own' }),
      'forbidden',
    ],
    [
      'a body without organisation owns nothing',
      actor('merchant', null),
      'readApplication',
      object({ owner: null }),
      'hidden',
    ],
  ])('%s', (_name, who, act, what, answer) => expect(may(who, act, what)).toBe(answer));
});

const anActor = fc.record({
  id: fc.constant('someone'),
  roles: fc.subarray([...roles]),
  organisation: fc.constantFrom('a', 'b', null),
  jurisdiction: fc.constantFrom('zhongwei', 'wuhai'),
});
const anObject = fc.record(
  {
    jurisdiction: fc.constantFrom('zhongwei', 'wuhai'),
    owner: fc.constantFrom('a', 'b', null),
    handlers: fc.subarray(['a', 'b']),
    assignee: fc.constantFrom('a', 'b', null),
  },
  { requiredKeys: ['jurisdiction'] },
);
const anAct = fc.constantFrom(...acts);
const administrators: Role[] = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];

describe('may(), whatever the actor and the object', () => {
  it("answers nothing but hidden, forbidden for another city's object that is not everyone's", () =>
    fc.assert(
      fc.property(anActor, anAct, anObject, (who, act, what) => {
        fc.pre(who.jurisdiction !== what.jurisdiction && needsObject(who, act));
        expect(may(who, act, what)).not.toBe('yes');
      }),
    ));

  it('refuses a token with two administrator roles whole', () =>
    fc.assert(
      fc.property(anActor, anAct, fc.option(anObject, { nil: undefined }), (who, act, what) => {
        fc.pre(who.roles.filter((role) => administrators.includes(role)).length > 1);
        expect(may(who, act, what)).toBe('forbidden');
      }),
    ));

  it('lets an auditor read and do nothing', () =>
    expect(
      acts.filter((act) => may(actor('auditor'), act) === 'yes' && !/^(read|preview|public)/.test(act)),
    ).toEqual([]));

  it('says yes with an object only where the role alone would', () =>
    fc.assert(
      fc.property(anActor, anAct, anObject, (who, act, what) => {
        fc.pre(may(who, act, what) === 'yes');
        expect(may(who, act)).toBe('yes');
      }),
    ));

  it('names the role that was acted in', () => {
    const who = actor(['merchant', 'sourceDepartment'], 'dept');
    expect(actingRole(who, 'decideReview', turn)).toBe('sourceDepartment');
    expect(actingRole(anyone, 'readPolicies')).toBe('public');
  });
});
