// O7 where nobody waits for the filing: its limit passes, and it stays to be done.
import { act, drafted, inForce, must, registerOperators } from '../support/agreements.ts';
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';

let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(['national']);
  await registerOperators(the, 'national');
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

const refusal = async (who: Parameters<Procedures['call']>[0], url: string, body: object) => {
  const answer = await the.call(who, 'POST', url, body);
  const { code, article, errors } = answer.json<{
    code?: string;
    article?: { article: string };
    errors?: { pointer: string }[];
  }>();
  return {
    status: answer.statusCode,
    code,
    article: article?.article,
    pointers: errors?.map(({ pointer }) => pointer),
  };
};
const path = '/v1/operating-agreements';
const field = (...fields: string[]) => ({ mode: 'byField', fields, scenarios: [] as string[] });

describe('[O7 national refuses] a filing that nobody waits for', () => {
  it('is not filed twice, nor before it is signed; ten working days on it is overdue', async () => {
    const city = 'national';
    const { bureau } = peopleOf(city);
    const draft = await drafted(the, city, { mandate: field('health') });
    expect(await refusal(bureau, `${path}/${draft.caseNo}/filing`, {})).toMatchObject({
      status: 409,
      code: 'stepNotReached',
      article: '十三',
    });
    const caseNo = await inForce(the, city, { mandate: field('transport') });
    await the.goTo('2025-03-17T23:59:00', caseNo);
    expect(await the.story(caseNo)).not.toContain('overdue');
    await the.goTo('2025-03-18T00:00:05', caseNo);
    expect(await the.told(caseNo, 'operatingAgreement.overdue.v1')).toMatchObject([
      { step: 'filing', lastDay: '2025-03-17' },
    ]);
    await must(the, bureau, caseNo, 'filing');
    expect(await the.told(caseNo, 'operatingAgreement.filed.v1')).toMatchObject([{ late: true }]);
    expect(await act(the, bureau, caseNo, 'filing')).toMatchObject({ status: 409, code: 'nothingToFile' });
  });
});
