import { Code, caseEvent, Count, Id, Instant } from './define.ts';

/** `channel`: inbox, mail or webhook; no address, no words. */
const delivery = { notice: Id, caseNo: Id.nullable(), kind: Code, channel: Code, at: Instant };
const channel = { channel: Id, organisation: Id, kind: Code };

/** Events of notices and their delivery. */
export const noticeEvents = {
  'notice.delivered.v1': caseEvent('registry', '通知已送达', 'A notice was delivered', delivery),
  'notice.failed.v1': caseEvent('registry', '通知未送达', 'A notice could not be delivered', {
    ...delivery,
    code: Code,
    attempts: Count,
  }),
  'notice.read.v1': caseEvent('registry', '通知已阅', 'The addressee read a notice', {
    notice: Id,
    caseNo: Id.nullable(),
    at: Instant,
  }),
  'notice.redeliveryAsked.v1': caseEvent('registry', '通知重新送达', 'A notice is to be delivered again', {
    notice: Id,
    caseNo: Id.nullable(),
  }),
  'channel.opened.v1': caseEvent('registry', '送达渠道开通', 'A channel of notices was opened', channel),
  'channel.closed.v1': caseEvent('registry', '送达渠道关闭', 'A channel of notices was closed', channel),
  'channel.replayed.v1': caseEvent('registry', '通知补发', 'Notices were sent again on a channel', {
    ...channel,
    deliveries: Count,
  }),
};
