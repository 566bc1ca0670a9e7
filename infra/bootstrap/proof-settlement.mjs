import { runOnProjectNode } from './project-node.mjs';

await runOnProjectNode('tests/load/settlement.ts');
