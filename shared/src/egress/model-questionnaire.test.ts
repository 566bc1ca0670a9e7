import { ModelDeclaration, filesToScan, findingsOf } from './model-questionnaire.ts';
import { type ModelQuestion, modelFindings, modelQuestions } from './model-questions.ts';

const sample = `sha256:${'a'.repeat(64)}`;
const good: ModelDeclaration = {
  inputs: [{ name: '企业代码', identifies: true }],
  outputs: [{ name: '是否在营', kind: 'yesOrNo' }],
  rateLimits: { callsPerMinute: 600, callsPerCallerPerDay: 10_000, subjectsPerCallerPerDay: 1_000 },
  answers: {
    reversible: 'no',
    trainingData: 'aggregates',
    inversion: 'resisted',
    membership: 'resisted',
    confidence: 'label',
    memorisation: 'notGenerative',
    parameters: 'kept',
    updates: 'inBatches',
    calls: 'watched',
  },
  samples: [sample],
};
const saying = (question: ModelQuestion, answer: string): ModelDeclaration => ({
  ...good,
  answers: { ...good.answers, [question]: answer },
});

describe('E1: models and services', () => {
  it('a declaration without risk has no finding', () =>
    expect(findingsOf(ModelDeclaration.parse(good))).toEqual([]));

  it('中卫 28: a reversible model is a finding', () =>
    expect(findingsOf(saying('reversible', 'yes'))).toEqual([
      { code: 'reversible', pointer: '/answers/reversible', question: 'reversible', answer: 'yes' },
    ]));

  const answers = Object.entries(modelQuestions).flatMap(([question, { answers: known }]) =>
    Object.entries(known).map(([answer, { finding }]) => ({
      question: question as ModelQuestion,
      answer,
      finding,
    })),
  );
  it.each(answers)('$question: $answer', ({ question, answer, finding }) => {
    const declared = ModelDeclaration.parse(saying(question, answer));
    expect(findingsOf(declared).map(({ code }) => code)).toEqual(finding ? [finding] : []);
  });
  it.each(Object.keys(modelQuestions))('%s has an answer that passes and one that does not', (question) => {
    const of = answers.filter((one) => one.question === question);
    expect(new Set(of.map(({ finding }) => finding === null))).toEqual(new Set([true, false]));
  });
  it('no untested answer passes', () =>
    expect(
      answers.filter(({ answer }) => answer === 'notTested').every(({ finding }) => finding === 'untested'),
    ).toBe(true));

  it.each([
    [
      'records as outputs',
      { outputs: [...good.outputs, { name: '明细', kind: 'record' as const }] },
      'rawResponses',
      '/outputs/1/kind',
    ],
    [
      'no limit for a caller',
      { rateLimits: { ...good.rateLimits, callsPerCallerPerDay: null } },
      'enumeration',
      '/rateLimits/callsPerCallerPerDay',
    ],
    [
      'no limit of people asked about',
      { rateLimits: { ...good.rateLimits, subjectsPerCallerPerDay: null } },
      'enumeration',
      '/rateLimits/subjectsPerCallerPerDay',
    ],
    ['no samples', { samples: [] }, 'samplesMissing', '/samples'],
  ])('%s', (_, change, code, pointer) =>
    expect(findingsOf({ ...good, ...change })).toEqual([{ code, pointer, question: null, answer: null }]),
  );

  it('inputs that name nobody need no limit of people', () =>
    expect(
      findingsOf({
        ...good,
        inputs: [{ name: '路段', identifies: false }],
        rateLimits: { ...good.rateLimits, subjectsPerCallerPerDay: null },
      }),
    ).toEqual([]));

  it.each([
    ['an answer outside the list', { answers: { ...good.answers, reversible: 'perhaps' } }],
    ['a question left open', { answers: { ...good.answers, inversion: undefined } }],
    ['another question', { answers: { ...good.answers, more: 'no' } }],
    ['no outputs', { outputs: [] }],
    ['a sample that is no hash', { samples: ['a.csv'] }],
  ])('%s is refused', (_, change) =>
    expect(ModelDeclaration.safeParse({ ...good, ...change }).success).toBe(false),
  );

  it('samples of responses are scanned like data; without any nothing is', () => {
    expect(filesToScan('api', { artefact: 'x', declaration: good })).toEqual([sample]);
    expect(filesToScan('model', { artefact: 'x', declaration: { samples: [sample, sample] } })).toEqual([
      sample,
    ]);
    expect(filesToScan('verification', { artefact: 'x', declaration: null })).toEqual([]);
    expect(filesToScan('dataset', { artefact: 'x', declaration: null })).toEqual(['x']);
  });
  it('every finding has words', () =>
    expect(answers.every(({ finding }) => finding === null || finding in modelFindings)).toBe(true));
});
