import { join } from 'node:path';
import { readConfig } from '@gongshu/infra/config';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { buildRegistry } from './app.ts';

await start(async () => {
  const { deps, run } = serviceProcess('registry');
  const { dataFolder, documentMaxBytes } = readConfig(['dataFolder', 'documentMaxBytes']);
  const documents = createDocumentStore(join(dataFolder, 'documents'), { maxBytes: documentMaxBytes });
  await run(await buildRegistry({ ...deps, documents }));
});
