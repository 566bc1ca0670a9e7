import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { documentFile, documentText, serviceNames } from './openapi.ts';

/** `gongshu openapi write`: the committed OpenAPI documents anew from the schemas that validate. */
export const openapiCommand = (): Command => {
  const command = new Command('openapi').description('接口文档 · OpenAPI documents of the services');
  command
    .command('write')
    .description('rewrites services/*/openapi.json from the routes')
    .action(async () => {
      for (const service of serviceNames) await writeFile(documentFile(service), await documentText(service));
    });
  return command;
};
