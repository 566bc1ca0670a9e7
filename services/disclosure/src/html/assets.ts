/** Files that pages load: few, ours, named by their content. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

const types = { 'site.css': 'text/css; charset=utf-8', 'mark.svg': 'image/svg+xml' } as const;
export type AssetName = keyof typeof types;

type Asset = { path: string; etag: string; type: string; bytes: Buffer };

const load = (name: AssetName): Asset => {
  const bytes = readFileSync(join(import.meta.dirname, 'files', name));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const [stem, ending] = name.split('.');
  return { path: `/assets/${stem}-${hash}.${ending}`, etag: `"${hash}"`, type: types[name], bytes };
};

let loaded: ReadonlyMap<AssetName, Asset> | undefined;
const assets = (): ReadonlyMap<AssetName, Asset> => {
  loaded ??= new Map((Object.keys(types) as AssetName[]).map((name) => [name, load(name)]));
  return loaded;
};

/** The address of a file, with the hash of what is in it. */
export const assetPath = (name: AssetName): string => assets().get(name)?.path ?? '/';

/** Serves them: for a year, since another content has another name. */
export const assetRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/assets/:file',
    { config: { act: 'public', page: true }, schema: { params: z.object({ file: z.string().max(100) }) } },
    async (request, reply) => {
      const asset = [...assets().values()].find(({ path }) => path === `/assets/${request.params.file}`);
      if (!asset) throw problem('notFound');
      reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', etag: asset.etag });
      if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
      return reply.type(asset.type).send(asset.bytes);
    },
  );
};
