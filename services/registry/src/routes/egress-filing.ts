/** The second lock and the release of a product over REST (E2–E4; 中卫 二十三, 朔州 六（三）、九, 乌海 八（八）). */
import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import type { RouteApp } from '@gongshu/infra/procedures/act-route';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { mustBeListed, mustBeRegistered } from '@gongshu/infra/products/listed';
import { drawRegistrationCode } from '@gongshu/infra/products/registration';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { EgressReason } from '@gongshu/shared/product/codes';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { egressActRoute } from '../products/case-act.ts';
import { grantsMustRun } from '../products/grants.ts';
import { mustBeSeparated } from '../products/separation.ts';

const filing = (app: RouteApp, deps: ProcedureDeps): void => {
  egressActRoute(app, deps, {
    ...{ path: 'filing', permission: 'fileProduct', rests: 'secondLock', body: z.strictObject({}) },
    summary:
      '报送备案（或者报请同意，依本地规定） · The operator sends a checked version to the authority, to file it or to agree (Zhongwei art. 23, Wuhai 八（八）)',
    make: async (_given, { facts, pack, request }) => {
      await mustBeSeparated(deps.db, pack, { ...facts, now: await request.lawNow() });
      return { act: { kind: 'fileProduct' } };
    },
  });
  egressActRoute(app, deps, {
    ...{ path: 'agreement', permission: 'agreeProduct', rests: 'secondLock' },
    summary:
      '备案收悉或者同意 · The authority lets the version through the second lock: registered under its code and put on the list (E2–E4)',
    body: z.strictObject({ document: DocumentHash.describe('The receipt or consent, uploaded before') }),
    make: ({ document }, { facts, pack }) => {
      const act = { kind: 'agreeProduct' as const, registrationCode: '', document };
      return {
        act,
        documents: [{ hash: document, role: 'secondLock', pointer: '/body/document' }],
        // Drawn inside the intake transaction: the act carries it from there on, however often it is delivered.
        also: async (trx, { receivedAt }) => {
          act.registrationCode = await drawRegistrationCode(
            trx as unknown as Transaction<ProductTables>,
            pack,
            facts.product,
            receivedAt,
          );
        },
      };
    },
  });
  egressActRoute(app, deps, {
    ...{ path: 'filing-return', permission: 'agreeProduct', rests: 'secondLock' },
    summary: '退回产品 · The authority returns the version, with reasons: it is changed and checked anew',
    body: z.strictObject({
      document: DocumentHash,
      reasons: z
        .array(Reason.extend({ code: EgressReason }))
        .min(1)
        .max(50),
    }),
    make: ({ document, reasons }) => ({
      act: { kind: 'returnProduct', document, reasonCodes: reasons.map(({ code }) => code) },
      documents: [{ hash: document, role: 'filingReturn', pointer: '/body/document' }],
      text: { reasons },
    }),
  });
};

const release = (app: RouteApp, deps: ProcedureDeps): void => {
  const db = deps.db as unknown as Kysely<ProductTables>;
  egressActRoute(app, deps, {
    ...{ path: 'release', permission: 'releaseProduct', rests: 'outsideList', body: z.strictObject({}) },
    summary:
      '发布产品 · The operator releases a version that stands on the list; the one before gives way to it (E4)',
    make: async (_given, { row: { jurisdiction }, facts, pack, request }) => {
      const { product, version } = facts;
      await mustBeRegistered(db, product, pack);
      await mustBeListed(db, { jurisdiction, product, version }, pack);
      const now = await request.lawNow();
      await grantsMustRun(db, jurisdiction, facts.grants, now);
      await mustBeSeparated(db, pack, { ...facts, now });
      return { act: { kind: 'releaseProduct' } };
    },
  });
};

export const egressFilingRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    filing(app, deps);
    release(app, deps);
  };
