import { join } from 'node:path';
import { readConfig } from '@gongshu/infra/config';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { startNotifier } from '@gongshu/infra/notices/deliver';
import { createMailer } from '@gongshu/infra/notices/mail';
import { buildRegistry } from './app.ts';

await start(async () => {
  const { deps, run } = serviceProcess('registry');
  const { dataFolder, documentMaxBytes } = readConfig(['dataFolder', 'documentMaxBytes']);
  const { smtpUrl, smtpFrom, mode } = readConfig(['smtpUrl', 'smtpFrom', 'mode']);
  const documents = createDocumentStore(join(dataFolder, 'documents'), { maxBytes: documentMaxBytes });
  const app = await buildRegistry({ ...deps, documents });
  const stopNotifier = startNotifier({
    ...deps,
    mailer: smtpUrl === undefined ? undefined : createMailer({ url: smtpUrl, from: smtpFrom }),
    production: mode === 'production',
  });
  await run(app, () => stopNotifier());
});
