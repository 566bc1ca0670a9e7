import { runOnProjectNode } from './project-node.mjs';

await runOnProjectNode('infra/src/supervisor/start.ts');
