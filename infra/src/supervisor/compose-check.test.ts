import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeFaults } from './compose-check.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docker-compose.yml'), 'utf8');

describe('docker-compose.yml', () => {
  it('starts what npm start would start', () => {
    expect(composeFaults(text)).toEqual([]);
  });

  it.each([
    ['a name of its own', (t: string) => `name: gongshu\n${t}`, 'the file: Unrecognized key: "name"'],
    [
      'another image',
      (t: string) => t.replace('postgres:18', 'postgres:17'),
      'postgres: image is postgres:17',
    ],
    [
      'a default password',
      (t: string) => t.replace(/:\?[^}]+/, ':-secret'),
      'POSTGRES_PASSWORD must come from',
    ],
    [
      'a port open to the network',
      (t: string) => t.replace('"127.0.0.1:${GONGSHU_K', '"${GONGSHU_K'),
      'kafka: no port',
    ],
    ['no health check', (t: string) => t.replace('healthcheck:', 'x-healthcheck:'), 'services.postgres'],
    [
      'a search attribute less',
      (t: string) => t.replace('GongshuSilence', 'GongshuOther'),
      'GongshuSilence=Bool',
    ],
    ['broken YAML', (t: string) => `${t}\n  - {`, 'it is no YAML'],
  ])('%s is a fault', (_name, change, says) => {
    expect(composeFaults(change(text)).join('; ')).toContain(says);
  });
});
