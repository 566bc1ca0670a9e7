import { fieldKinds } from '../egress/field-kinds.ts';
import { linkageEffects, linkageJoins } from '../egress/linkage.ts';
import type { outputKinds } from '../egress/model-questionnaire.ts';
import { modelFindings, modelQuestions } from '../egress/model-questions.ts';
import type { Texts } from '../problems/row.ts';
import { type CodeTable, codeTable, tableOf } from './define.ts';

const words = (rows: Readonly<Record<string, Texts>>): Record<string, Texts> =>
  Object.fromEntries(Object.entries(rows).map(([code, { zh, en }]) => [code, { zh, en }]));

/** What holdings tell together (X6); what is asked of models and services, and found (E1). */
export const egressTables: Readonly<Record<string, CodeTable>> = {
  fieldKinds: tableOf('可识别字段类别', 'Kinds of identifying fields', words(fieldKinds)),
  linkageJoins: tableOf('关联途径', 'How holdings are joined', words(linkageJoins)),
  linkageEffects: tableOf('关联结果', 'What comes of joining them', words(linkageEffects)),
  modelQuestions: tableOf('模型与接口问卷', 'Questions on models and services', words(modelQuestions)),
  modelFindings: tableOf('模型与接口问卷发现', 'Findings of the questionnaire', words(modelFindings)),
  modelOutputs: codeTable<(typeof outputKinds)[number]>('输出类型', 'What an output is', {
    yesOrNo: ['是否结论', 'Yes or no'],
    category: ['分类', 'Category'],
    score: ['分值', 'Score'],
    aggregate: ['汇总值', 'Aggregate'],
    text: ['文本', 'Text'],
    record: ['原样记录', 'Record as it stands'],
  }),
  ...Object.fromEntries(
    Object.entries(modelQuestions).map(([question, { zh, en, answers }]) => [
      `modelAnswers${question.charAt(0).toUpperCase()}${question.slice(1)}`,
      tableOf(`答案：${zh}`, `Answers: ${en}`, words(answers)),
    ]),
  ),
};
