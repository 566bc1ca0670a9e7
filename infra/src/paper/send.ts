/** Answers a paper as PDF, or as the JSON that its hash is over. */
import { Paper } from '@gongshu/shared/paper/paper';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { pressPaper } from './press.ts';

/** The query of a paper's address. */
export const PaperQuery = z.strictObject({
  format: z.enum(['pdf', 'json']).default('pdf').describe('json: the content that the hash is over'),
});

/** Response schema of a paper. */
export const paperAnswer = {
  description: 'The document: PDF/A with its fonts, or its content as JSON',
  content: {
    'application/pdf': { schema: z.any().meta({ type: 'string', format: 'binary' }) },
    'application/json': { schema: Paper },
  },
} as const;

/**
 * Sends a paper, shown in the reader's window under its number. `x-missing-characters` counts those that the font
 * lacks and the page shows by code point. Throws `paperTooLarge` (422), `unavailable` (503).
 */
export const sendPaper = async (
  reply: FastifyReply,
  paper: Paper,
  { format }: { format: 'pdf' | 'json' } = { format: 'pdf' },
): Promise<FastifyReply> => {
  reply.header('cache-control', 'private, no-store');
  if (format === 'json') return reply.type('application/json; charset=utf-8').send(paper);
  const { pdf, missing } = await pressPaper(paper);
  const file = paper.number.replaceAll(/[^0-9A-Za-z-]/g, '_').slice(0, 120);
  return reply
    .type('application/pdf')
    .header(
      'content-disposition',
      `inline; filename="${file}.pdf"; filename*=UTF-8''${encodeURIComponent(`${paper.number}.pdf`)}`,
    )
    .header('x-missing-characters', String(missing.length))
    .send(Buffer.from(pdf));
};
