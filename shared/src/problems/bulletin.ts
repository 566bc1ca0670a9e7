import { problemRows } from './row.ts';

/** Refusals about bulletins on source departments (S3). */
export const bulletinProblems = problemRows({
  bulletinNotNamed: {
    status: 403,
    title: { zh: '通报未涉及本部门', en: 'The bulletin does not name this department' },
  },
  bulletinUnchanged: {
    status: 409,
    title: { zh: '重新起草的内容与现稿相同', en: 'The draft would be the same as the one that stands' },
  },
  bulletinReplyRunning: {
    status: 409,
    title: { zh: '数源部门回复期未满', en: 'The departments may still reply' },
    detail: {
      zh: '待全部部门回复或回复期满后印发。',
      en: 'Issue it once all have replied, or the days for replies have passed.',
    },
  },
  bulletinExists: {
    status: 409,
    title: { zh: '该期通报已起草', en: 'The bulletin on this period was drafted before' },
  },
  bulletinDraftMoved: {
    status: 409,
    title: { zh: '通报稿已变动', en: 'The draft is not the one that stands' },
    detail: { zh: '请按现稿办理。', en: 'Act on the draft that the case shows now.' },
  },
});
