/**
 * What is declared of a model, an API or a verification service (E1), and what of it is a finding. The declaration is not
 * believed alone: response samples are handed in and scanned like data.
 */
import { z } from 'zod';
import { line } from '../line.ts';
import type { ProductClass } from '../packs/topics/product-egress.ts';
import { type ModelFindingCode, type ModelQuestion, modelQuestions } from './model-questions.ts';

const Name = z.string().min(1).max(500);
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const Count = z.int().min(1).max(1_000_000_000);

export const ModelInput = z.strictObject({
  name: Name,
  identifies: z.boolean().describe('Names or numbers the person or body that is asked about'),
  meaning: line(500).optional(),
});

/** What an output is: a record is one of the source as it stands. */
export const outputKinds = ['yesOrNo', 'category', 'score', 'aggregate', 'text', 'record'] as const;
export const ModelOutput = z.strictObject({
  name: Name,
  kind: z.enum(outputKinds),
  meaning: line(500).optional(),
});

/** Calls at most; null: no limit. */
export const RateLimits = z.strictObject({
  callsPerMinute: Count.nullable(),
  callsPerCallerPerDay: Count.nullable(),
  subjectsPerCallerPerDay: Count.nullable().describe('Different people or bodies one caller may ask about'),
});

const answersTo = <Q extends ModelQuestion>(question: Q) =>
  z.enum(Object.keys(modelQuestions[question].answers) as [string, ...string[]]);

/** Every question has an answer: what is left open cannot be judged. */
export const ModelAnswers = z.strictObject({
  reversible: answersTo('reversible'),
  trainingData: answersTo('trainingData'),
  inversion: answersTo('inversion'),
  membership: answersTo('membership'),
  confidence: answersTo('confidence'),
  memorisation: answersTo('memorisation'),
  parameters: answersTo('parameters'),
  updates: answersTo('updates'),
  calls: answersTo('calls'),
} satisfies Record<ModelQuestion, z.ZodType>);

export const ModelDeclaration = z
  .strictObject({
    inputs: z.array(ModelInput).min(1).max(500),
    outputs: z.array(ModelOutput).min(1).max(500),
    rateLimits: RateLimits,
    answers: ModelAnswers,
    samples: z.array(Hash).max(20).describe('Files of responses, one response a row; uploaded before'),
  })
  .meta({ id: 'ModelDeclaration' });
export type ModelDeclaration = z.output<typeof ModelDeclaration>;

/** `pointer` into the declaration. `question` and `answer` where an answer is the finding. */
export type ModelFinding = {
  code: ModelFindingCode;
  pointer: string;
  question: ModelQuestion | null;
  answer: string | null;
};

/** Classes of products that answer calls: what they answer is scanned, in samples. */
const answering: readonly ProductClass[] = ['api', 'verification', 'model'];

/** Whether a product of this class is judged by samples of its responses too. */
export const samplesDue = (productClass: ProductClass): boolean => answering.includes(productClass);

/**
 * The files of a product that the engine scans, each once: data themselves, whatever the product is; of a service the
 * samples of its responses, like data. An empty list is a product that cannot be judged: refused, never clean.
 */
export const filesToScan = (
  productClass: ProductClass,
  {
    artefact,
    holdsData = false,
    declaration,
  }: {
    artefact: string;
    holdsData?: boolean;
    declaration: Pick<ModelDeclaration, 'samples'> | null;
  },
): string[] => {
  const samples = new Set(declaration?.samples);
  samples.delete(artefact);
  return samplesDue(productClass) && !holdsData ? [...samples] : [artefact, ...samples];
};

const ofAnswers = (answers: ModelDeclaration['answers']): ModelFinding[] =>
  Object.entries(modelQuestions).flatMap(([question, { answers: known }]) => {
    const given = answers[question as ModelQuestion];
    const finding = (known as Record<string, { finding: ModelFindingCode | null }>)[given]?.finding;
    return finding
      ? [
          {
            code: finding,
            pointer: `/answers/${question}`,
            question: question as ModelQuestion,
            answer: given,
          },
        ]
      : [];
  });

/** What of a declaration is a finding, in the order of the questions, then outputs, limits, samples. */
export const findingsOf = ({
  inputs,
  outputs,
  rateLimits,
  answers,
  samples,
}: ModelDeclaration): ModelFinding[] => {
  const at = (code: ModelFindingCode, pointer: string): ModelFinding => ({
    code,
    pointer,
    question: null,
    answer: null,
  });
  const asksAboutOne = inputs.some(({ identifies }) => identifies);
  return [
    ...ofAnswers(answers),
    ...outputs.flatMap(({ kind }, place) =>
      kind === 'record' ? [at('rawResponses', `/outputs/${place}/kind`)] : [],
    ),
    ...(rateLimits.callsPerCallerPerDay === null
      ? [at('enumeration', '/rateLimits/callsPerCallerPerDay')]
      : []),
    ...(asksAboutOne && rateLimits.subjectsPerCallerPerDay === null
      ? [at('enumeration', '/rateLimits/subjectsPerCallerPerDay')]
      : []),
    ...(samples.length === 0 ? [at('samplesMissing', '/samples')] : []),
  ];
};
