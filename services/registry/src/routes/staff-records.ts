import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Acting } from '@gongshu/infra/http/acting';
import { isSame } from '../staff/identity.ts';
import { staffLaw } from '../staff/law.ts';
import type { StaffDb } from '../staff/queries.ts';
import { fileStaff, signConfidentiality, verifyIdentity, vetStaff } from '../staff/register.ts';
import {
  ConfidentialityGiven,
  FilingGiven,
  IdentityCompared,
  IdentityGiven,
  StaffView,
  VettingGiven,
} from '../staff/schema.ts';
import type { StaffRow } from '../staff/tables.ts';
import { staffView } from '../staff/view.ts';
import { type StaffDeps, staffFor, StaffParams } from './staff.ts';

const answers = { 200: StaffView, ...problems(400, 401, 403, 404, 409, 422, 503) };

type Kept<B extends z.ZodType> = {
  path: string;
  act: 'manageStaff' | 'vetStaff';
  summary: string;
  body: B;
  /** Its content is its own key: the kit's record of requests would keep a hash over the number, and that one unsalted. */
  secret?: true;
  keep: (
    db: StaffDb,
    pack: ResolvedPack,
    id: string,
    given: z.output<B>,
    acting: Acting,
  ) => Promise<StaffRow>;
};

/** What is put on record of a person, each with its date and paper (Wuhai 八（三）). */
export const staffRecordRoutes =
  (deps: StaffDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as StaffDb;
    const records = <B extends z.ZodType>({ path, act, summary, body, secret, keep }: Kept<B>) =>
      app.post(
        `/v1/staff/:staffId/${path}`,
        {
          config: { act, ...(secret && { changes: false as const }) },
          schema: {
            ...{ summary, params: StaffParams, body, response: answers },
            ...(!secret && { headers: IdempotencyKey }),
          },
        },
        async (request) => {
          const { staffId } = request.params as z.output<typeof StaffParams>;
          const { row, pack, acting } = await staffFor(deps, request, staffId, act);
          const by = await acting();
          const kept = await keep(db, pack, row.id, request.body as z.output<B>, by);
          return staffView(kept, staffLaw(pack), by.at);
        },
      );

    records({
      ...{ path: 'identity', act: 'vetStaff', body: IdentityGiven, keep: verifyIdentity, secret: true },
      summary: '实名认证 · The identity is verified; of the number a salted hash alone is kept',
    });
    records({
      ...{ path: 'filing', act: 'manageStaff', body: FilingGiven, keep: fileStaff },
      summary: '备案 · The person is filed',
    });
    records({
      ...{ path: 'vetting', act: 'vetStaff', body: VettingGiven, keep: vetStaff },
      summary: '审查 · The person is vetted, until a day',
    });
    records({
      ...{
        path: 'confidentiality',
        act: 'manageStaff',
        body: ConfidentialityGiven,
        keep: signConfidentiality,
      },
      summary: '签订保密协议 · The confidentiality agreement is signed',
    });

    app.post(
      '/v1/staff/:staffId/identity/comparison',
      {
        config: { act: 'vetStaff', changes: false },
        schema: {
          summary: '核对实名 · Whether a number is the one that was verified; nothing is kept',
          params: StaffParams,
          body: IdentityCompared,
          response: { 200: z.object({ same: z.boolean() }), ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { row } = await staffFor(deps, request, request.params.staffId, 'vetStaff');
        const { identity_salt: salt, identity_hash: hash } = row;
        const known = salt !== null && hash !== null;
        return { same: known && (await isSame(request.body.number, { salt, hash })) };
      },
    );
  };
