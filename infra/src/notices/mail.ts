/** Notices as plain mail, Chinese first. */
import { createTransport } from 'nodemailer';
import type { Notice } from './notice.ts';

/** Sends one notice to an address. Rejects with a `responseCode` of the server, or the connection's `code`. */
export type Mailer = {
  send: (to: string, notice: Notice, delivery: string) => Promise<void>;
  close: () => void;
};

/**
 * A mailer over the server that `url` names (smtp:// or smtps://, with user and password where it wants them), from
 * the address `from`. Connects when there is something to send; a server that hangs is given up on in 10 s.
 */
export const createMailer = ({ url, from }: { url: string; from: string }): Mailer => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    dnsTimeout: 5_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  return {
    send: async (to, notice, delivery) => {
      const { title, text, id, issuedAt } = notice;
      await transport.sendMail({
        from,
        to,
        subject: `【公数】${title.zh}`,
        text: [text.zh, '', text.en, '', `通知编号 Notice ${id}`, `发出时间 Issued ${issuedAt}`, ''].join(
          '\n',
        ),
        messageId: `<${delivery}@${from.split('@')[1] ?? 'gongshu'}>`,
        headers: { 'auto-submitted': 'auto-generated', 'x-gongshu-notice': id },
      });
    },
    close: () => transport.close(),
  };
};
