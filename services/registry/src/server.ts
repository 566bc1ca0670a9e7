import { serviceProcess, start } from '@gongshu/infra/http/process';
import { buildRegistry } from './app.ts';

await start(async () => {
  const { deps, run } = serviceProcess('registry');
  await run(await buildRegistry(deps));
});
