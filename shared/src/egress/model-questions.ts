/**
 * What is asked of a model or service before it may leave (E1; 中卫 二十八: nothing from which raw data can be restored through a
 * reversible model or algorithm). Closed answers; each says what it implies, and whether it is a finding.
 */
export const modelFindings = {
  reversible: { zh: '可还原原始数据', en: 'Raw data can be restored' },
  inversion: { zh: '存在反演风险', en: 'Risk of inversion' },
  membership: { zh: '存在成员推断风险', en: 'Risk of membership inference' },
  memorised: { zh: '模型记忆训练数据', en: 'Training data is memorised' },
  rawResponses: { zh: '返回原始记录', en: 'Raw records are returned' },
  enumeration: { zh: '可被批量试探', en: 'Can be tried out in bulk' },
  differencing: { zh: '更新前后可比对推知个人', en: 'Updates can be compared to single people out' },
  untested: { zh: '未作测试', en: 'Not tested' },
  samplesMissing: { zh: '未提交响应样本', en: 'No response samples' },
} as const;
export type ModelFindingCode = keyof typeof modelFindings;

type Answer = {
  zh: string;
  en: string;
  implies: { zh: string; en: string };
  finding: ModelFindingCode | null;
};
type Question = { zh: string; en: string; answers: Readonly<Record<string, Answer>> };

const answer = (
  zh: string,
  en: string,
  impliesZh: string,
  impliesEn: string,
  finding: ModelFindingCode | null = null,
): Answer => ({
  zh,
  en,
  implies: { zh: impliesZh, en: impliesEn },
  finding,
});

export const modelQuestions = {
  reversible: {
    zh: '能否通过模型或者算法还原原始公共数据',
    en: 'Can raw public data be restored through the model or algorithm?',
    answers: {
      no: answer('不能', 'No', '依测试结论，不可还原', 'Cannot be restored, as tested'),
      yes: answer('能', 'Yes', '不得导出', 'Must not be exported', 'reversible'),
      notTested: answer(
        '未测试',
        'Not tested',
        '不能认定不可还原',
        'Nothing shows that it cannot',
        'untested',
      ),
    },
  },
  trainingData: {
    zh: '训练或者计算所用数据',
    en: 'What it was trained or computed on',
    answers: {
      aggregates: answer('汇总数据', 'Aggregates', '不含个体记录', 'Holds no record of a person'),
      desensitised: answer(
        '已脱敏的个体记录',
        'Desensitised records',
        '仍须测试成员推断',
        'Membership is tested still',
      ),
      consented: answer(
        '经主体授权的个体记录',
        'Records with their subjects’ consent',
        '授权文件须一并提交',
        'The consents are handed in too',
      ),
      raw: answer(
        '未脱敏的个体记录',
        'Raw records of people',
        '未脱敏亦无授权',
        'Neither desensitised nor consented',
        'membership',
      ),
    },
  },
  inversion: {
    zh: '反演测试（由输出或者参数重建输入、训练记录）',
    en: 'Inversion: rebuilding inputs or training records from outputs or parameters',
    answers: {
      resisted: answer('已测试，未能重建', 'Tested, not rebuilt', '反演风险较低', 'The risk is low'),
      partly: answer(
        '可重建部分字段',
        'Some fields rebuilt',
        '个体特征可被推知',
        'Traits of people can be told',
        'inversion',
      ),
      rebuilt: answer(
        '可重建完整记录',
        'Whole records rebuilt',
        '等同导出原始数据',
        'As good as raw data',
        'reversible',
      ),
      notTested: answer(
        '未测试',
        'Not tested',
        '不能认定无风险',
        'Nothing shows that there is none',
        'untested',
      ),
    },
  },
  membership: {
    zh: '成员推断测试（能否判断某人是否在训练数据中）',
    en: 'Membership inference: can it be told whether somebody was in the training data?',
    answers: {
      resisted: answer(
        '已测试，与随机猜测无异',
        'Tested, no better than guessing',
        '成员推断风险较低',
        'The risk is low',
      ),
      better: answer(
        '优于随机猜测',
        'Better than guessing',
        '可推知某人在册',
        'That somebody is on file can be told',
        'membership',
      ),
      notTested: answer(
        '未测试',
        'Not tested',
        '不能认定无风险',
        'Nothing shows that there is none',
        'untested',
      ),
      noPersons: answer(
        '数据不涉及个人或者商业秘密',
        'No people and no trade secrets in the data',
        '不适用',
        'Does not apply',
      ),
    },
  },
  confidence: {
    zh: '输出的精细程度',
    en: 'How much an output tells',
    answers: {
      label: answer('仅结论', 'The result only', '可供推断的信息最少', 'Tells least'),
      rounded: answer(
        '取整或者分档的分值',
        'Rounded or banded scores',
        '推断难度较高',
        'Makes inference hard',
      ),
      full: answer(
        '完整概率或者分值',
        'Full probabilities or scores',
        '便于成员推断',
        'Helps membership inference',
        'membership',
      ),
      record: answer(
        '原样返回记录',
        'Records as they stand',
        '等同导出原始数据',
        'As good as raw data',
        'rawResponses',
      ),
    },
  },
  memorisation: {
    zh: '生成内容是否复现训练记录',
    en: 'Does generated content repeat training records?',
    answers: {
      notGenerative: answer('非生成式', 'Does not generate', '不适用', 'Does not apply'),
      noneFound: answer('已测试，未复现', 'Tested, none found', '记忆风险较低', 'The risk is low'),
      found: answer('有复现', 'Found', '训练记录可被套取', 'Training records can be drawn out', 'memorised'),
      notTested: answer(
        '未测试',
        'Not tested',
        '不能认定无风险',
        'Nothing shows that there is none',
        'untested',
      ),
    },
  },
  parameters: {
    zh: '模型参数是否交付',
    en: 'Are the parameters handed over?',
    answers: {
      kept: answer('不交付，仅提供调用', 'No, calls only', '仅能经接口试探', 'Only calls can be tried'),
      sealed: answer(
        '交付，置于受控环境',
        'Yes, into a controlled environment',
        '须约定不得导出',
        'An agreement forbids to take them out',
      ),
      open: answer(
        '交付，可读',
        'Yes, readable',
        '可离线不限次试探',
        'Can be tried out at will',
        'inversion',
      ),
    },
  },
  updates: {
    zh: '更新方式',
    en: 'How it is updated',
    answers: {
      never: answer('不更新', 'Never', '无前后比对', 'Nothing to compare'),
      inBatches: answer(
        '按批更新，每批不少于规定人数',
        'In batches no smaller than the rule asks',
        '前后比对不能落到个人',
        'Comparison singles nobody out',
      ),
      atOnce: answer(
        '有变动即更新',
        'As records change',
        '前后比对可落到个人',
        'Comparison singles people out',
        'differencing',
      ),
    },
  },
  calls: {
    zh: '调用记录与异常识别',
    en: 'Are calls recorded and watched?',
    answers: {
      watched: answer(
        '逐调用方记录并识别异常',
        'By caller, and watched',
        '批量试探可被发现',
        'Bulk trials are seen',
      ),
      recorded: answer('仅记录', 'Recorded only', '事后可查', 'Can be looked up afterwards'),
      none: answer('不记录', 'Not recorded', '批量试探不可发现', 'Bulk trials go unseen', 'enumeration'),
    },
  },
} as const satisfies Record<string, Question>;

export type ModelQuestion = keyof typeof modelQuestions;
