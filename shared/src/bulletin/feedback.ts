/** Feedback on data quality as a bulletin counts it (C6, S3): by the department that owes the correction. */
import { type Fact, inOrder, textOf } from '../disclosure-facts/fact.ts';

export type CountedFeedback = {
  caseNo: string;
  department: string;
  openedAt: number;
  /** When it was said to be corrected, or no fault; null while neither is said, or the bureau has had it corrected anew. */
  answeredAt: number | null;
  /** Neither corrected nor found to be no fault: unanswered, promised, disputed or directed. */
  outstanding: boolean;
};

/** Every piece of feedback, as its events say it; a promise to correct settles nothing. */
export const feedbackIn = (facts: readonly Fact[]): CountedFeedback[] => {
  const found = new Map<string, CountedFeedback>();
  for (const fact of inOrder(facts)) {
    const caseNo = textOf(fact, 'caseNo');
    if (fact.type === 'qualityFeedback.opened.v1')
      found.set(caseNo, {
        ...{ caseNo, openedAt: fact.at, answeredAt: null, outstanding: true },
        department: textOf(fact, 'department'),
      });
    const one = found.get(caseNo);
    if (!one) continue;
    switch (fact.type) {
      case 'qualityFeedback.answered.v1':
        if (textOf(fact, 'answer') !== 'willCorrect')
          Object.assign(one, { answeredAt: fact.at, outstanding: false });
        break;
      case 'qualityFeedback.disputed.v1':
        one.outstanding = true;
        break;
      case 'qualityFeedback.directed.v1':
        // Without a day the answer stands, and the case is closed with it.
        if (textOf(fact, 'due') !== '') Object.assign(one, { answeredAt: null, outstanding: true });
        break;
      case 'qualityFeedback.closed.v1':
        one.outstanding = false;
        break;
      default:
        break;
    }
  }
  return [...found.values()];
};
