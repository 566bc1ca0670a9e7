// C6, C7, S4 under the very rules of each city's pack: what its text gives is done, what it does not give is refused.
import { loadPacks } from '@gongshu/infra/packs';
import { complaintMachine } from '@gongshu/shared/complaint/machine';
import { complaintRules } from '@gongshu/shared/complaint/rules';
import { demandResponseMachine } from '@gongshu/shared/demand-response/machine';
import { demandResponseRules } from '@gongshu/shared/demand-response/rules';
import {
  isRefused,
  type Machine,
  type ProcedureStart,
  type Standing,
} from '@gongshu/shared/procedure/machine';
import { qualityFeedbackMachine } from '@gongshu/shared/quality-feedback/machine';
import { qualityFeedbackRules } from '@gongshu/shared/quality-feedback/rules';

const packs = loadPacks();
const all = ['national', 'zhongwei', 'shuozhou', 'wuhai'].map((city) => ({ city }));
const at = Date.parse('2024-03-01T09:00:00+08:00');
type Who = { organisation: string; role: string };
const bureau: Who = { organisation: 'bureau', role: 'bureau' };
const department: Who = { organisation: 'dept', role: 'sourceDepartment' };
const operator: Who = { organisation: 'operator', role: 'operator' };

/** Plays acts from the opening on; what is refused changes nothing. */
const play = <R, F, S extends Standing, A extends { kind: string }>(
  machine: Machine<R, F, S, A>,
  { city, rules, facts }: { city: string; rules: R; facts: F },
  acts: readonly (readonly [Who, A] | 'end')[],
) => {
  const start = {
    ...{ procedure: machine.procedure, caseNo: 'X-1', jurisdiction: city, jurisdictionTitle: city },
    ...{ authority: 'bureau', packVersion: 'p', startedAt: at, receipt: 'SJ-0', rules, facts },
    by: { account: 'a', ...operator },
  } as ProcedureStart<R, F>;
  let { state, entries } = machine.begin(start);
  const refused: string[] = [];
  const limits = machine.periods(start, state);
  acts.forEach((one, index) => {
    const now = at + (index + 1) * 3_600_000;
    const [period] = machine.periods(start, state);
    if (one === 'end') {
      const reading = { key: period!.key, lastDay: '2024-03-15', at: now, provisional: false };
      const next = machine.ended(start, state, reading as never);
      [state, entries] = [next.state, [...entries, ...next.entries]];
      return;
    }
    const [{ organisation, role }, act] = one;
    const by = { account: `of-${organisation}`, organisation, role };
    const next = machine.act(start, state, { ...act, at: now, receipt: `SJ-${index + 1}`, by } as never, {});
    if (isRefused(next)) refused.push(next.refused);
    else [state, entries] = [next.state, [...entries, ...next.entries]];
  });
  return { state, entries, refused, limits, story: entries.map(({ kind }) => kind) };
};

describe('国家 二十一, 中卫 十一, 朔州 十一（二）2, 乌海 六: the source department handles what is fed back', () => {
  const feedback = (city: string, acts: Parameters<typeof play<any, any, any, any>>[2]) => {
    const rules = qualityFeedbackRules(packs.resolve(city));
    const facts = {
      ...{ resource: 'ZY-1', fault: 'wrongValues' as const, givenBy: 'operator', givenRole: 'operator' },
      ...{ department: 'dept', departmentRole: 'sourceDepartment', sample: null },
    };
    return { rules, ...play(qualityFeedbackMachine, { city, rules, facts }, acts as never) };
  };

  it.each(all)(
    '[C6 national] [C6 zhongwei] [C6 shuozhou] [C6 wuhai] $city: it corrects in the time of its pack, confirmed by who gave it',
    ({ city }) => {
      const { story, state, limits, entries, rules } = feedback(city, [
        [department, { kind: 'answerFault', answer: 'corrected', on: '2024-03-01' }],
        [operator, { kind: 'confirmFeedback' }],
      ]);
      expect(story).toEqual(['opened', 'answered', 'closed']);
      expect(state.outcome).toBe('corrected');
      expect(limits[0]?.limit).toEqual(rules.answerLimit.value);
      expect(entries[0]?.rests).toEqual(rules.handled.rests);
    },
  );

  it.each(all)(
    '[C6 national refuses] [C6 zhongwei refuses] [C6 shuozhou refuses] [C6 wuhai refuses] $city: nobody else answers, silence is overdue, and no more time than the pack gives',
    ({ city }) => {
      const { extension } = qualityFeedbackRules(packs.resolve(city));
      const more = extension.value.workingDays + 1;
      const { refused, story } = feedback(city, [
        [operator, { kind: 'answerFault', answer: 'willCorrect' }],
        [department, { kind: 'extendFeedback', workingDays: more }],
        'end',
        [department, { kind: 'extendFeedback', workingDays: 1 }],
      ]);
      expect(refused).toEqual(['notAskedForAnswer', 'postponedTooLong', 'extensionTooLate']);
      expect(story).toEqual(['opened', 'overdue']);
    },
  );
});

describe('中卫 九, 朔州 十一（一）4: a reasonable demand gets the result of its co-ordination', () => {
  const spoken = all.filter(({ city }) => city === 'zhongwei' || city === 'shuozhou');
  const demand = (city: string, acts: Parameters<typeof play<any, any, any, any>>[2]) => {
    const rules = demandResponseRules(packs.resolve(city));
    const facts = {
      ...{ need: 'newResource' as const, asker: 'operator', askerRole: 'operator' },
      ...{ resource: null, scenario: null },
    };
    return { rules, ...play(demandResponseMachine, { city, rules, facts }, acts as never) };
  };
  const asked = { kind: 'askSupply', body: 'dept', role: 'sourceDepartment' };
  const promise = { kind: 'answerDemand', answer: 'can', due: '2024-03-20', resource: null };

  it.each(spoken)('[C7 zhongwei] [C7 shuozhou] $city: asked, promised, told', ({ city }) => {
    const { story, entries, rules } = demand(city, [
      [bureau, { kind: 'acceptDemand' }],
      [bureau, asked],
      [department, promise],
      [bureau, { kind: 'concludeDemand', result: 'supplied' }],
    ]);
    expect(story).toEqual(['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'concluded']);
    expect(rules.coordinatedBy.rests?.article).toBe(city === 'zhongwei' ? '九' : '十一（一）4');
    expect(entries.at(-1)?.rests).toEqual(rules.resultLimit.rests ?? rules.coordinatedBy.rests);
  });

  it.each(spoken)(
    '[C7 zhongwei refuses] [C7 shuozhou refuses] $city: who asks does not co-ordinate, and no result without those asked',
    ({ city }) => {
      const { refused, story } = demand(city, [
        [operator, { kind: 'acceptDemand' }],
        [bureau, { kind: 'acceptDemand' }],
        [bureau, asked],
        [bureau, { kind: 'concludeDemand', result: 'supplied' }],
        [department, promise],
        [bureau, { kind: 'concludeDemand', result: 'notHeld' }],
      ]);
      expect(refused).toEqual(['notTheDecider', 'inquiryPending', 'demandResultUnfounded']);
      expect(story).toEqual(['opened', 'accepted', 'bodyAsked', 'bodyAnswered']);
    },
  );
});

describe('国家 十八, 中卫 说明三, 朔州 十（七）, 乌海 十一: a complaint is looked into with the departments concerned', () => {
  const complaint = (city: string, acts: Parameters<typeof play<any, any, any, any>>[2]) => {
    const rules = complaintRules(packs.resolve(city));
    const facts = {
      ...{ about: 'misuse' as const, from: 'public' as const, identity: 'anonymous' as const },
      ...{ ownWords: false, linked: false, attachments: 0 },
    };
    return { rules, ...play(complaintMachine, { city, rules, facts }, acts as never) };
  };
  const askDepartment = { kind: 'askBody', body: 'dept', role: 'sourceDepartment', ownWords: false };
  const found = { kind: 'answerInquiry', body: 'dept', finding: 'confirmed' };
  const answered = { kind: 'answerComplaint', result: 'founded', measures: ['corrected'] };

  it.each(all)(
    '[S4 national] [S4 zhongwei] [S4 shuozhou] [S4 wuhai] $city: silence takes it in, a department is asked, it is answered, closed when no review is asked for',
    ({ city }) => {
      const { story, state, rules, entries } = complaint(city, [
        'end',
        [bureau, askDepartment],
        [department, found],
        [bureau, answered],
        'end',
      ]);
      expect(story).toEqual(['opened', 'deemedAccepted', 'bodyAsked', 'bodyAnswered', 'answered', 'closed']);
      expect(state.result).toBe('founded');
      expect(entries[0]?.rests).toEqual(rules.handledBy.rests);
    },
  );

  it.each(all)(
    '[S4 national refuses] [S4 zhongwei refuses] [S4 shuozhou refuses] [S4 wuhai refuses] $city: no answer before it is taken in, its own words are not passed on, and no time beyond the pack’s',
    ({ city }) => {
      const { workingDays, times } = complaintRules(packs.resolve(city)).extension.value;
      const { refused } = complaint(city, [
        [bureau, answered],
        [bureau, { kind: 'acceptComplaint' }],
        [bureau, { ...askDepartment, ownWords: true }],
        [bureau, { kind: 'extendAnswer', workingDays: workingDays + 1 }],
        ...Array.from(
          { length: times + 1 },
          () => [bureau, { kind: 'extendAnswer', workingDays: 1 }] as const,
        ),
        [bureau, answered],
      ]);
      expect(refused).toEqual([
        'stepNotReached',
        'ownWordsNotAllowed',
        'postponedTooLong',
        'extensionUsedUp',
        'departmentNotAsked',
      ]);
    },
  );
});
