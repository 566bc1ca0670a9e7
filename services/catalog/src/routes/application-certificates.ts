import { problems } from '@gongshu/infra/http/problems';
import { may } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { instant } from '@gongshu/infra/cases/view-time';
import { type ApplicationReader, actObjectOf, findApplication } from '@gongshu/infra/cases/visible';
import { Hash } from '../resources/resource-schema.ts';

const Certificate = z
  .object({
    id: z.string(),
    valid: z.boolean().describe('Whether a certificate of this number has this hash'),
    hash: z.string().optional(),
    madeAt: z.iso.datetime({ offset: true }).optional(),
    content: z.record(z.string(), z.unknown()).optional().describe('For those who may read the case'),
  })
  .meta({ id: 'Certificate' });

/** Certificates of silence: content for those who may read the case, a yes or no to number and hash for everyone. */
export const applicationCertificateRoutes =
  ({ db }: { db: ApplicationReader }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/certificates/:id',
      {
        config: { act: 'public' },
        schema: {
          summary: 'A certificate of silence, or whether number and hash belong together (art. 21)',
          params: z.object({ id: z.string().regex(/^MS-[\x21-\x7e]{1,200}$/) }),
          querystring: z.strictObject({ hash: Hash.optional() }),
          response: { 200: Certificate, ...problems(400, 404) },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { hash } = request.query;
        const row = await db
          .selectFrom('certificate')
          .innerJoin('turn', 'turn.turn_id', 'certificate.turn_id')
          .select(['certificate.hash', 'certificate.content', 'certificate.made_at', 'turn.case_no'])
          .where('certificate.id', '=', id)
          .executeTakeFirst();
        const valid = row !== undefined && (hash === undefined || row.hash === hash);
        const application = row && (await findApplication(db, row.case_no));
        const reads =
          application !== undefined &&
          may(request.actor, 'readApplication', await actObjectOf(db, application)) === 'yes';
        if (row && reads)
          return { id, valid, hash: row.hash, madeAt: instant(row.made_at), content: row.content };
        if (hash === undefined) throw problem('notFound');
        return { id, valid };
      },
    );
  };
