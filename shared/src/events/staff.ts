import { z } from 'zod';
import { Code, DateOn, Hash, Id, caseEvent, restsOn } from './define.ts';

const base = { person: Id, organisation: Id, ...restsOn };
const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);

/** Events of people who process data (D4, Wuhai 八（三）): by number; no name, no identity. */
export const staffEvents = {
  'staff.registered.v1': c('数据加工人员已登记', 'A person who processes data was registered', base),
  'staff.identityVerified.v1': c('人员已实名认证', 'A person’s identity was verified', {
    ...base,
    how: Code,
    verifiedOn: DateOn,
    until: DateOn.nullable(),
    document: Hash,
  }),
  'staff.filed.v1': c('人员已备案', 'A person was filed', { ...base, filedOn: DateOn }),
  'staff.vetted.v1': c('人员已审查', 'A person was vetted', {
    ...base,
    result: Code,
    vettedOn: DateOn,
    until: DateOn.nullable(),
    document: Hash,
  }),
  'staff.confidentialitySigned.v1': c('人员已签订保密协议', 'A person signed the confidentiality agreement', {
    ...base,
    signedOn: DateOn,
    until: DateOn.nullable(),
    document: Hash,
  }),
  'staff.assigned.v1': c('人员已指派', 'A person was assigned', {
    ...base,
    assignment: Id,
    kind: Code,
    subject: Id,
    from: DateOn,
    until: DateOn,
  }),
  'staff.assignmentEnded.v1': c('人员指派已结束', 'An assignment ended', { ...base, assignment: Id }),
  'staff.acted.v1': c('人员操作已记录', 'What a person did was recorded', {
    ...base,
    entry: Id,
    act: Code,
    subject: Id,
  }),
  'staff.left.v1': c('人员已离岗', 'A person left', base),
};
