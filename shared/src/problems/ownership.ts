import { problemRows } from './row.ts';

/** Refusals. Ownership and control links between parties (O3, O10). */
export const ownershipProblems = problemRows({
  ownershipSelf: {
    status: 422,
    title: { zh: '主体不能持有自身', en: 'A body does not own itself' },
  },
  ownershipKnown: {
    status: 409,
    title: { zh: '该关系已登记', en: 'This link is on record already' },
    detail: { zh: '先注销或终止原登记。', en: 'Strike out or end the one on record first.' },
  },
  ownershipConfirmed: {
    status: 409,
    title: { zh: '该关系已复核', en: 'The link has been confirmed' },
    detail: { zh: '已复核的关系以终止日期结束。', en: 'A confirmed link is ended by its last day.' },
  },
  ownershipNotConfirmed: {
    status: 409,
    title: { zh: '该关系未复核或已结束', en: 'The link is not confirmed, or has ended' },
  },
  ownershipStruck: {
    status: 409,
    title: { zh: '该关系已注销', en: 'The link was struck out' },
  },
  secondAccountNeeded: {
    status: 403,
    title: { zh: '须由另一账号复核', en: 'Another account confirms' },
    detail: { zh: '登记人不得复核自己的登记。', en: 'Who recorded it does not confirm it.' },
  },
});
