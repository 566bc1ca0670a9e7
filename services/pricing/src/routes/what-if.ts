import { problems } from '@gongshu/infra/http/problems';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { previewPrices } from '@gongshu/shared/previews';
import { WhatIfAnswer } from '@gongshu/shared/pricing/answer';
import { WhatIfQuestion } from '@gongshu/shared/pricing/question';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** 100,000 records of use with long names fit; nothing larger is read. */
const bodyLimit = 48 * 1024 * 1024;

/**
 * A whole period of prices before anything of it is saved, by the code that determines, publishes and settles. What
 * the law refuses of its costs, tariffs and usage is in the answer, with place and article.
 */
export const whatIfRoutes =
  ({ packs }: { packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/pricing/what-if',
      {
        // Everyone may ask; nothing is kept, so no key is needed.
        config: { act: 'previewLaw', changes: false },
        bodyLimit,
        schema: {
          summary:
            'Cost, permitted revenue, forecast, tariffs, bills, settlement and shares of a period, unsaved',
          body: WhatIfQuestion,
          response: { 200: WhatIfAnswer, ...problems(400, 413, 422) },
        },
      },
      async ({ body }) => previewPrices(body, packs),
    );
  };
