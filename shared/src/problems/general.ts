import { problemRows } from './row.ts';

/** Faults and refusals that any service can answer with. */
export const generalProblems = problemRows({
  invalidRequest: {
    status: 400,
    title: { zh: '请求不符合要求', en: 'The request is not valid' },
    detail: { zh: '请按 errors 中逐项指出的位置更正。', en: 'Correct the places named in errors.' },
  },
  malformedBody: {
    status: 400,
    title: { zh: '请求正文无法解析', en: 'The body cannot be read' },
    detail: { zh: '正文不是完整、合法的 {type}。', en: 'The body is not whole, valid {type}.' },
  },
  textRefused: {
    status: 400,
    title: { zh: '文本含有不可保存的字符', en: 'A text holds characters that cannot be kept' },
    detail: { zh: '空字符和不成对的代理码位不予接受。', en: 'NUL and unpaired surrogates are refused.' },
  },
  numberRefused: {
    status: 400,
    title: { zh: '数值超出可精确表示的范围', en: 'A number cannot be held exactly' },
    detail: {
      zh: '整数须在正负 2^53 之间，且不得为无穷大。',
      en: 'Whole numbers stay within ±2^53; none is infinite.',
    },
  },
  tooDeep: {
    status: 400,
    title: { zh: '正文嵌套过深', en: 'The body is nested too deeply' },
    detail: { zh: '最多 {levels} 层。', en: 'At most {levels} levels.' },
  },
  cursorMalformed: {
    status: 400,
    title: { zh: '翻页游标无效', en: 'The cursor is not one of ours' },
    detail: { zh: '请从第一页重新开始。', en: 'Start again from the first page.' },
  },
  cursorAhead: {
    status: 400,
    title: { zh: '游标超出现有事件', en: 'The cursor lies past the newest event' },
    detail: {
      zh: '本服务的数据可能已从备份恢复；请从最近一次核对无误的游标重新读取，按事件 id 去重。',
      en: 'The service may have been restored from a backup: read again from an older cursor, dropping by event id.',
    },
  },
  idempotencyKeyMissing: {
    status: 400,
    title: { zh: '缺少或格式不符的 Idempotency-Key', en: 'Idempotency-Key is missing or malformed' },
    detail: {
      zh: '每次变更性 POST 须带 8 至 128 个字符（字母、数字、. _ : -）的 Idempotency-Key。',
      en: 'Every POST that changes something carries an Idempotency-Key of 8 to 128 letters, digits or . _ : -',
    },
  },
  unauthenticated: {
    status: 401,
    title: { zh: '未提供有效令牌', en: 'No valid token' },
    detail: { zh: '令牌缺失、过期或未通过校验。', en: 'The token is absent, expired or does not verify.' },
  },
  forbidden: {
    status: 403,
    title: { zh: '无权办理', en: 'Not allowed' },
    detail: { zh: '您的角色不能办理此事项（{act}）。', en: 'Your role may not do this ({act}).' },
  },
  rolesExclude: {
    status: 403,
    title: { zh: '系统、安全、审计管理员不得兼任', en: 'Administrator roles exclude each other' },
    detail: {
      zh: '令牌同时带有相互排斥的管理员角色，一律拒绝。',
      en: 'The token carries two administrator roles that exclude each other; it is refused whole.',
    },
  },
  notFound: {
    status: 404,
    title: { zh: '未找到', en: 'Not found' },
    detail: {
      zh: '没有这个地址或对象，或您无权知悉。',
      en: 'No such address or object, or it is not yours to know of.',
    },
  },
  methodNotAllowed: {
    status: 405,
    title: { zh: '该地址不支持此方法', en: 'Method not allowed here' },
    detail: { zh: '可用方法：{allow}。', en: 'Methods here: {allow}.' },
  },
  notAcceptable: {
    status: 406,
    title: { zh: '无法按所要求的格式答复', en: 'No answer in that format' },
    detail: { zh: '可用格式：{types}。', en: 'Formats here: {types}.' },
  },
  requestTimeout: {
    status: 408,
    title: { zh: '请求接收超时', en: 'The request took too long to arrive' },
  },
  alreadyExists: {
    status: 409,
    title: { zh: '已存在', en: 'Already there' },
    detail: { zh: '同一标识的记录已存在。', en: 'A record with the same identity exists.' },
  },
  partyDiffers: {
    status: 409,
    title: { zh: '主体已登记且内容不同', en: 'A party is registered with other content' },
    detail: { zh: '已登记的主体不因再次导入而更改。', en: 'An import does not change a registered party.' },
  },
  bodyTaken: {
    status: 409,
    title: { zh: '该市已有数据主管部门', en: 'The city has its bureau already' },
    detail: {
      zh: '一市登记一个市级主管部门；县区主管部门以 countyBureau 登记。运营机构可有多个，凭运营协议运营。',
      en: 'A city registers one bureau of its own; a county’s is a countyBureau. Operators may be several, each under its agreement.',
    },
  },
  idempotencyInProgress: {
    status: 409,
    title: { zh: '同一请求正在处理', en: 'The same request is in progress' },
    detail: {
      zh: '请稍后用同一 Idempotency-Key 重试。',
      en: 'Try again shortly with the same Idempotency-Key.',
    },
  },
  versionStale: {
    status: 412,
    title: { zh: '记录已被他人修改', en: 'The record has changed since' },
    detail: {
      zh: '当前版本为 {etag}，请重新读取后再改。',
      en: 'It stands at {etag}: read it again, then edit.',
    },
  },
  bodyTooLarge: {
    status: 413,
    title: { zh: '请求正文过大', en: 'The body is too large' },
  },
  addressTooLong: {
    status: 414,
    title: { zh: '请求地址过长', en: 'The address is too long' },
  },
  unsupportedMediaType: {
    status: 415,
    title: { zh: '不支持的正文类型', en: 'Unsupported media type' },
    detail: { zh: '此处接受：{types}。', en: 'Taken here: {types}.' },
  },
  idempotencyKeyReused: {
    status: 422,
    title: { zh: 'Idempotency-Key 已用于另一请求', en: 'This Idempotency-Key was used for another request' },
    detail: { zh: '内容不同的请求须换新的键。', en: 'A different request needs a new key.' },
  },
  formTokenMissing: {
    status: 400,
    title: { zh: '表单不完整', en: 'The form is not whole' },
    detail: {
      zh: '表单缺少一次性标记，可能是页面未加载完整。请返回表单页面重新打开后再提交。',
      en: 'Its one-time mark is missing; the page may not have loaded whole. Open the form again and send it anew.',
    },
  },
  formUsed: {
    status: 422,
    title: { zh: '这份表单已经提交过', en: 'This form was sent already' },
    detail: {
      zh: '同一份表单已受理，这次内容不同，没有再次受理。如需另行提交，请重新打开表单。',
      en: 'It was taken in once; what came now differs and was not. To send something else, open the form anew.',
    },
  },
  ifMatchMissing: {
    status: 428,
    title: { zh: '修改须带 If-Match', en: 'An edit needs If-Match' },
    detail: { zh: '请带上读取时得到的 ETag。', en: 'Send the ETag that came with the record.' },
  },
  tooManyRequests: {
    status: 429,
    title: { zh: '请求过于频繁', en: 'Too many requests' },
    detail: { zh: '请在 {seconds} 秒后重试。', en: 'Try again in {seconds} seconds.' },
  },
  headersTooLarge: {
    status: 431,
    title: { zh: '请求头过大', en: 'The headers are too large' },
  },
  internalError: {
    status: 500,
    title: { zh: '系统内部错误', en: 'Internal error' },
    detail: { zh: '错误已记录，请凭 traceId 查询。', en: 'It has been recorded; ask with the traceId.' },
  },
  unavailable: {
    status: 503,
    title: { zh: '服务暂不可用', en: 'Temporarily unavailable' },
    detail: {
      zh: '请稍后用同一 Idempotency-Key 重试。',
      en: 'Try again later with the same Idempotency-Key.',
    },
  },
});
