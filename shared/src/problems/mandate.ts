import { problemRows } from './row.ts';

/** Refusals. Mandates: who operates what (O10–O12). */
export const mandateProblems = problemRows({
  mandateMissing: {
    status: 409,
    title: { zh: '没有授权覆盖所申请的领域或场景', en: 'No mandate covers this field or scenario' },
    detail: {
      zh: '运营协议生效后方可申请；分领域、依场景授权的，请写明领域或场景代码（见 /v1/mandates）。',
      en: 'Apply once an operating agreement is in force; name the code of field or scenario where mandates are divided (see /v1/mandates).',
    },
  },
  mandateAmbiguous: {
    status: 409,
    title: { zh: '不止一个授权覆盖所申请的领域或场景', en: 'More than one mandate covers this' },
    detail: {
      zh: '请只写明一个授权范围内的领域或场景，或指明授权（见 /v1/mandates）。',
      en: 'Name a field or scenario that lies within one mandate, or the mandate itself (see /v1/mandates).',
    },
  },
  mandateSuspended: {
    status: 409,
    title: { zh: '授权运营已暂停', en: 'The mandate is suspended' },
    detail: { zh: '恢复运营后方可申请。', en: 'Apply once operation has been restored.' },
  },
  mandateEnded: {
    status: 409,
    title: { zh: '授权运营已终止', en: 'The mandate has ended' },
    detail: {
      zh: '新的运营协议生效后方可申请。',
      en: 'Apply once a new operating agreement is in force.',
    },
  },
  competenceChanged: {
    status: 422,
    title: {
      zh: '补正不得更换领域或场景代码',
      en: 'A correction does not change the field or scenario that decides who is competent',
    },
    detail: {
      zh: '请撤回后向有权的运营机构重新申请。',
      en: 'Withdraw, and apply anew to the operator of that field or scenario.',
    },
  },
  subLicenceForbidden: {
    status: 409,
    title: {
      zh: '不得转授权、分包或变相转让',
      en: 'The mandate is not sub-licensed, subcontracted or transferred in disguise',
    },
    detail: {
      zh: '授权事项由协议约定的运营机构自行办理。',
      en: 'The operator of the agreement carries out the mandate itself.',
    },
  },
});
