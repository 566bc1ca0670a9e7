/** After the assessment, over REST (O4): consultation, negotiation, decision, approval, notice, objections. */
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { Reasons } from '@gongshu/infra/cases/case-routes';
import { Deliberation } from '@gongshu/infra/procedures/deliberation-body';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actRoute } from '../selections/act-route.ts';
import type { SelectionDeps } from '../selections/deps.ts';

const words = z.string().trim().min(1).max(5_000);
const manage = { permission: 'manageSelection', rule: 'route' } as const;
const filed = (hash: string, role: string, pointer = '/body/document') => ({ hash, role, pointer });

export const selectionDecisionRoutes =
  (deps: SelectionDeps): FastifyPluginAsyncZod =>
  async (app) => {
    actRoute(app, deps, {
      ...{ ...manage, path: 'consultation' },
      summary:
        '征求意见 · Consultation on the terms, recorded with its document (national art. 13, Zhongwei art. 13)',
      body: z.strictObject({ document: DocumentHash }),
      make: ({ document }) => ({
        act: { kind: 'recordConsultation', document },
        documents: [filed(document, 'consultation')],
      }),
    });

    actRoute(app, deps, {
      ...{ ...manage, path: 'negotiation' },
      summary:
        '谈判 · Negotiation with the winner: minutes, and the operating plan it settled (Shuozhou 六（一）)',
      body: z.strictObject({
        document: DocumentHash.describe('Minutes'),
        outcome: z.enum(['agreed', 'failed']),
        annex: DocumentHash.nullable().default(null).describe('Becomes the core annex of the agreement'),
      }),
      make: ({ document, outcome, annex }) => ({
        act: { kind: 'recordNegotiation', document, outcome, annex },
        documents: [
          filed(document, 'minutes'),
          ...(annex === null ? [] : [filed(annex, 'coreAnnex', '/body/annex')]),
        ],
      }),
    });

    actRoute(app, deps, {
      ...{ path: 'core-annex', permission: 'manageSelection', rule: 'coreAnnex' },
      summary:
        '提交核心附件 · Files the operating plan that is the agreement’s core annex (Shuozhou 六（一）)',
      body: z.strictObject({ document: DocumentHash }),
      make: ({ document }) => ({
        act: { kind: 'fileCoreAnnex', document },
        documents: [filed(document, 'coreAnnex')],
      }),
    });

    actRoute(app, deps, {
      ...{ ...manage, path: 'deliberation' },
      summary:
        '集体决策 · The collective decision: votes and minutes (national art. 13, Zhongwei 13, Wuhai 四（二）)',
      body: Deliberation,
      make: ({ heldOn, votes, minutes }) => ({
        act: { kind: 'deliberateSelection', heldOn, votes, minutes },
        documents: [filed(minutes, 'minutes', '/body/minutes')],
      }),
    });

    actRoute(app, deps, {
      ...{ path: 'approval', permission: 'approveByGovernment', rule: 'route' },
      summary: '政府批准 · The government approves, or refuses with reasons (Shuozhou 六（一）)',
      body: z.strictObject({
        outcome: z.enum(['approve', 'refuse']),
        document: DocumentHash,
        reasons: Reasons,
      }),
      make: ({ outcome, document, reasons }) => {
        if (outcome === 'refuse' && reasons.length === 0) throw reasonsMissing();
        return {
          act: { kind: 'approveSelection', outcome, document, reasonCodes: reasons.map(({ code }) => code) },
          documents: [filed(document, 'approval')],
          text: { reasons },
        };
      },
    });

    actRoute(app, deps, {
      ...{ path: 'public-notice', permission: 'manageSelection', rule: 'publicNotice' },
      summary:
        '公示 · Puts the result to public notice; objections may come while it runs (Shuozhou 六（一）, Wuhai 四（二）)',
      body: z.strictObject({}),
      make: () => ({ act: { kind: 'publishResult' } }),
    });

    actRoute(app, deps, {
      ...{ path: 'objections/:no/answer', permission: 'manageSelection', rule: 'objections' },
      summary: '答复异议 · Answers an objection; upheld, it is assessed again or the selection fails',
      body: z.strictObject({
        outcome: z.enum(['rejected', 'upheld']),
        then: z.enum(['reassess', 'fail']).nullable().default(null),
        text: words,
        reasons: Reasons,
      }),
      make: ({ outcome, then, text, reasons }, { request }) => ({
        act: {
          kind: 'answerObjection',
          objection: (request.params as { no: number }).no,
          ...{ outcome, then, reasonCodes: reasons.map(({ code }) => code) },
        },
        text: { contents: { answer: text }, reasons },
      }),
    });
  };
