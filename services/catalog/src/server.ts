import { join } from 'node:path';
import { readConfig } from '@gongshu/infra/config';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { loadPacks } from '@gongshu/infra/packs';
import { buildCatalog } from './app.ts';
import { registrationFolder } from './resources/registration-port.ts';

await start(async () => {
  const { deps, run } = serviceProcess('catalog');
  const { dataFolder, mode } = readConfig(['dataFolder', 'mode']);
  const registration = registrationFolder(join(dataFolder, 'registration'));
  await run(await buildCatalog({ ...deps, packs: loadPacks(undefined, { mode }), registration }));
});
