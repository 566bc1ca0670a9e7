/** A yearly evaluation in any city: heard, marked, a result proposed; what follows a result. */
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { City } from './stack-cities.ts';

/** Everything up to a proposed result: who takes part, questionnaires answered and closed, marks. */
export const markEvaluation = async (
  { seats, must, read, upload, pack }: City,
  caseNo: string,
  outcome: 'pass' | 'rectify' | 'fail',
) => {
  const at = `/v1/evaluations/${caseNo}`;
  const { evaluatedBy, dimensions } = valuesOf(pack, 'evaluation');
  if ((evaluatedBy.with ?? []).length > 0)
    await must(seats.bureau, `${at}/participants`, {
      participants: [{ organisation: 'dept-health', role: 'industryDepartment' }],
      document: await upload(seats.bureau),
    });
  await must(seats.bureau, `${at}/questionnaires`, { until: '2026-12-31' });
  const { questions, bodies } = await read(seats.bureau, `${at}/questionnaires`);
  const answering = {
    'dept-transport': seats.department,
    'merchant-1': seats.merchant,
    'bidder-1': seats.operator,
  };
  for (const [body, seat] of Object.entries(answering))
    if (bodies.some(({ organisation }: { organisation: string }) => organisation === body))
      await must(seat, `${at}/questionnaires/answers`, {
        scores: Object.fromEntries(questions.map((question: string) => [question, '88'])),
        words: '服务及时',
      });
  await must(seats.bureau, `${at}/questionnaires/closing`);
  const { facts } = await read(seats.bureau, at);
  const { indicators } = valuesOf(pack, 'evaluation');
  const marked = indicators.filter((one) => !facts.withoutSource.includes(one));
  await must(seats.bureau, `${at}/scores`, {
    marks: Object.fromEntries(marked.map((one) => [one, outcome === 'pass' ? '86.5' : '52'])),
    ...(dimensions !== 'none' && { dimensions: Object.fromEntries(dimensions.map((one) => [one, '60'])) }),
  });
  await must(seats.bureau, `${at}/result`, { outcome, grounds: '按评分确定' });
};

/** The operator's plan and report; marked anew, and a second result proposed. */
export const rectify = async (
  { seats, must, upload, pack }: City,
  caseNo: string,
  outcome: 'pass' | 'rectify',
): Promise<void> => {
  const at = `/v1/evaluations/${caseNo}`;
  if (valuesOf(pack, 'evaluation').rectificationPlan)
    await must(seats.operator, `${at}/rectification-plan`, { document: await upload(seats.operator) });
  await must(seats.operator, `${at}/rectification-report`, { document: await upload(seats.operator) });
  await must(seats.bureau, `${at}/result`, { outcome });
};

/** What failed ends the agreement, by the bureau's document. */
export const demandTermination = async ({ seats, must, upload }: City, caseNo: string): Promise<void> => {
  await must(seats.bureau, `/v1/evaluations/${caseNo}/termination`, { document: await upload(seats.bureau) });
};
