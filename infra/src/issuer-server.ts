import closeWithGrace from 'close-with-grace';
import { ConfigError, readConfig } from './config.ts';
import { createIssuer } from './issuer.ts';
import { deskSecret, issuerState } from './issuer-state.ts';
import { createLogger } from './logger.ts';

const refuse = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const configured = () => {
  try {
    return readConfig(['mode', 'issuerUrl', 'port', 'dataFolder', 'disclosureUrl', 'deskUrl']);
  } catch (error) {
    if (error instanceof ConfigError) return refuse(error.message);
    throw error;
  }
};

const { mode, issuerUrl, port, dataFolder, disclosureUrl, deskUrl } = configured();
if (mode === 'production')
  refuse(
    "The development issuer gives any role to whoever asks, so it does not start in production mode: set GONGSHU_ISSUER_URL to the city's own issuer.",
  );

const logger = createLogger('issuer');
const url = deskUrl ?? disclosureUrl;
const desk = url === undefined ? undefined : { url, secret: await deskSecret(dataFolder) };
const server = createIssuer(issuerUrl, await issuerState(dataFolder), desk);
closeWithGrace({ delay: 3_000, logger: false }, async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
server.once('error', (error: Error & { code?: string }) =>
  refuse(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use; set GONGSHU_ISSUER_PORT to a free one.`
      : `The issuer cannot listen on port ${port}: ${error.message}`,
  ),
);
server.listen(port, '127.0.0.1', () => logger.info({ issuer: issuerUrl, port }, 'listening'));
