/** Events. Pool of experts and the standing committee (O3, X3), and lists of debarment that were loaded (O2). */
import { z } from 'zod';
import { Code, caseEvent, Count, DateOn, Hash, Id, Instant, restsOn } from './define.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);
const expert = { expert: Id, organisation: Id, at: Instant };
const question = { question: Id, task: Code, caseNo: Id.nullable(), at: Instant, ...restsOn };

export const expertEvents = {
  'expert.registered.v1': e('专家入库', 'An expert was registered', {
    ...expert,
    kind: Code,
    institution: Code,
  }),
  'expert.changed.v1': e('专家信息变更', 'An expert’s entry was changed', {
    ...expert,
    changedFields: z.array(Code).max(20),
  }),
  'expert.suspended.v1': e('专家暂停', 'An expert was suspended', { ...expert, reasonCode: Code }),
  'expert.restored.v1': e('专家恢复', 'An expert was restored', expert),
  'expert.conflictDeclared.v1': e('专家申报利害关系', 'An expert declared a conflict of interest', {
    ...expert,
    conflict: Id,
    body: Id,
    ground: Code,
  }),
  'expertQuestion.asked.v1': e('提请专家论证', 'Experts were asked', {
    ...question,
    contentHash: Hash,
    members: Id.array().max(50),
    documents: Hash.array().max(50),
  }),
  'expertQuestion.memberLeft.v1': e('专家回避', 'A member left the question', {
    ...question,
    expert: Id,
    body: Id,
    ground: Code,
  }),
  'expertQuestion.answered.v1': e('专家出具意见', 'A member gave an opinion', {
    ...question,
    expert: Id,
    stance: Code,
    opinionHash: Hash,
  }),
  'expertQuestion.closed.v1': e('专家论证办结', 'The question was closed', {
    ...question,
    members: Count,
    opinions: Count,
    conclusionHash: Hash,
    publication: Id.nullable(),
  }),
  'debarmentList.loaded.v1': e('失信名单更新', 'A debarment list was loaded', {
    list: Code,
    asOf: DateOn,
    contentHash: Hash,
    entries: Count,
    withoutCode: Count,
    at: Instant,
  }),
};
