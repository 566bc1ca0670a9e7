/** A listed product over REST as it is suspended, restored, recalled or retired (E4; 国家 十九、二十一, 朔州 九). */
import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { RecallReason, SuspensionGround } from '@gongshu/shared/product/codes';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { egressActRoute } from '../products/case-act.ts';

const words = z.string().trim().min(1).max(2_000);

export const egressStandingRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    egressActRoute(app, deps, {
      ...{ path: 'suspension', permission: 'suspendProduct', rests: 'requirements' },
      summary: '暂停产品 · On a risk the version is neither offered nor used until it is restored (E4)',
      body: z.strictObject({ ground: SuspensionGround, document: DocumentHash, words: words.optional() }),
      make: ({ ground, document, words: reason }) => ({
        act: { kind: 'suspendProduct', ground, document },
        documents: [{ hash: document, role: 'suspension', pointer: '/body/document' }],
        ...(reason !== undefined && { text: { reason } }),
      }),
    });
    egressActRoute(app, deps, {
      ...{ path: 'restoration', permission: 'agreeProduct', rests: 'requirements' },
      summary:
        '恢复产品 · The authority restores it once the risk was rectified, by the document that shows it',
      body: z.strictObject({ document: DocumentHash.describe('Shows the rectification, uploaded before') }),
      make: ({ document }) => ({
        act: { kind: 'restoreProduct', document },
        documents: [{ hash: document, role: 'rectification', pointer: '/body/document' }],
      }),
    });
    egressActRoute(app, deps, {
      ...{ path: 'recall', permission: 'recallProduct', rests: 'requirements' },
      summary: '召回产品 · Taken back from whoever holds it, with reasons; holders are told (E4)',
      body: z.strictObject({
        document: DocumentHash,
        reasons: z
          .array(Reason.extend({ code: RecallReason }))
          .min(1)
          .max(50),
      }),
      make: ({ document, reasons }) => ({
        act: { kind: 'recallProduct', document, reasonCodes: reasons.map(({ code }) => code) },
        documents: [{ hash: document, role: 'recall', pointer: '/body/document' }],
        text: { reasons },
      }),
    });
    egressActRoute(app, deps, {
      ...{ path: 'retirement', permission: 'retireProduct', rests: 'list' },
      summary: '下架产品 · Its owner or the operator takes the version off the list in good order',
      body: z.strictObject({ ground: z.enum(['ownWish', 'grantEnded']) }),
      make: ({ ground }) => ({ act: { kind: 'retireProduct', ground } }),
    });
  };
