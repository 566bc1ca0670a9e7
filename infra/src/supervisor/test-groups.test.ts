import { globSync } from 'node:fs';
import { projectFolder } from '../backends/places.ts';
import { groups } from './test-groups.ts';

const folders = groups.flatMap((group) => ('folders' in group ? group.folders : []));
const homeless = (files: readonly string[], among: readonly string[]) =>
  files.filter((file) => !among.some((folder) => new RegExp(`^${folder}/`).test(file)));

describe('npm test runs everything', () => {
  const files = globSync('{activities,infra,services,shared,tests,workflows}/**/*.test.ts', {
    cwd: projectFolder,
    exclude: (name) => name === 'node_modules' || name.endsWith('/node_modules'),
  });

  it('every test file stands in a group', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(homeless(files, folders)).toEqual([]);
  });

  it('sabotage: a group left out is told', () => {
    const fewer = folders.filter((folder) => folder !== 'tests/egress');
    expect(homeless(files, fewer)).not.toEqual([]);
  });
});
