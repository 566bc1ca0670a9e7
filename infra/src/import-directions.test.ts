import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from './backends/places.ts';

const run = promisify(execFile);

/** What the linter says of one line in a file of a room, under the project's own rules. */
const saidOf = async (file: string, line: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'gongshu-lint-'));
  try {
    copyFileSync(join(projectFolder, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${line}\nexport const used = one;\n`);
    const oxlint = join(projectFolder, 'node_modules/.bin/oxlint');
    const { stdout } = await run(oxlint, ['-f', 'unix', file], { cwd: folder }).catch(
      (failed: { stdout: string }) => failed,
    );
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('which room may import which is held by lint', () => {
  it.each([
    ['workflows/src/x.ts', 'node:fs'],
    ['workflows/src/x.ts', 'zod'],
    ['workflows/src/x.ts', '@temporalio/client'],
    ['workflows/src/x.ts', '@gongshu/activities'],
    ['workflows/src/x.ts', '@gongshu/infra/database'],
    ['shared/src/x.ts', '@gongshu/infra/database'],
    ['shared/src/x.ts', 'kysely'],
    ['infra/src/x.ts', '@gongshu/activities'],
    ['activities/src/x.ts', '@gongshu/service-catalog/app'],
    ['services/catalog/src/x.ts', '@gongshu/activities'],
    ['services/catalog/src/x.ts', '@gongshu/service-registry/app'],
    ['infra/src/x.ts', './y.js'],
  ])('%s may not import %s', async (file, from) => {
    expect(await saidOf(file, `import { one } from '${from}';`)).toContain('no-restricted-imports');
  });

  it.each([
    ['workflows/src/x.ts', '@gongshu/shared/clock/ledger'],
    ['workflows/src/x.ts', '@temporalio/workflow'],
    ['workflows/src/x.ts', './turn.ts'],
    ['activities/src/x.ts', '@gongshu/infra/record'],
    ['services/catalog/src/x.ts', '@gongshu/workflows/messages'],
  ])('%s may import %s', async (file, from) => {
    expect(await saidOf(file, `import { one } from '${from}';`)).not.toContain('no-restricted-imports');
  });
});
