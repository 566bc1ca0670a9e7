import { serviceProcess, start } from '@gongshu/infra/http/process';
import { buildPricing } from './app.ts';

await start(async () => {
  const { deps, run } = serviceProcess('pricing');
  await run(await buildPricing(deps));
});
