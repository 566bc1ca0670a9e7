import { ConfigError, readConfig } from './config.ts';

describe('settings from the environment', () => {
  it('reads what is asked for and nothing else', () => {
    const env = {
      GONGSHU_DATABASE_URL: 'postgres://a:b@c:1/d',
      GONGSHU_KAFKA_BROKERS: 'a:1, b:2',
      GONGSHU_PORT: 'x',
    };
    expect(readConfig(['databaseUrl', 'kafkaBrokers', 'mode', 'temporalNamespace'], env)).toEqual({
      databaseUrl: 'postgres://a:b@c:1/d',
      kafkaBrokers: ['a:1', 'b:2'],
      mode: 'production',
      temporalNamespace: 'default',
    });
  });

  it('reads sandbox time in development', () => {
    const env = {
      GONGSHU_MODE: 'development',
      GONGSHU_SANDBOX_START: '2024-03-01T08:00:00+08:00',
      GONGSHU_SANDBOX_SPEED: '0',
    };
    expect(readConfig(['sandboxStart', 'sandboxSpeed'], env)).toEqual({
      sandboxStart: new Date('2024-03-01T00:00:00Z'),
      sandboxSpeed: 0,
    });
  });

  it.each([
    { env: {}, says: 'GONGSHU_PORT is not set; it must be a number.' },
    { env: { GONGSHU_PORT: '70000' }, says: 'GONGSHU_PORT is "70000"; it must be at most 65535.' },
    {
      env: { GONGSHU_PORT: '1', GONGSHU_SANDBOX_SPEED: '2' },
      says: 'GONGSHU_SANDBOX_SPEED is set, and production mode refuses sandbox time; unset it.',
    },
  ])('says in one sentence: $says', ({ env, says }) => {
    expect(() => readConfig(['port'], env)).toThrow(new ConfigError(says));
  });

  it('reads gateways by address and network, and none when none is named', () => {
    const read = (text?: string) =>
      readConfig(['trustedProxies'], text === undefined ? {} : { GONGSHU_TRUSTED_PROXIES: text });
    expect(read()).toEqual({ trustedProxies: [] });
    expect(read('10.1.0.7, fd00::/8')).toEqual({ trustedProxies: ['10.1.0.7', 'fd00::/8'] });
    for (const wrong of ['gateway', '10.1.0.7/33', '10.0.0.0/8/8', '10.1.0.7;10.1.0.8', 'true'])
      expect(() => read(wrong)).toThrow(/GONGSHU_TRUSTED_PROXIES is ".+"; it must be addresses or networks/);
  });

  it('says all that is wrong at once', () => {
    const env = {
      GONGSHU_DATABASE_URL: 'mysql://x',
      GONGSHU_TEMPORAL_ADDRESS: 'http://x',
      GONGSHU_MODE: 'test',
    };
    expect(() => readConfig(['databaseUrl', 'temporalAddress', 'mode'], env)).toThrow(
      [
        'GONGSHU_DATABASE_URL is "mysql://x"; it must be a postgres:// address.',
        'GONGSHU_TEMPORAL_ADDRESS is "http://x"; it must be host:port, like 127.0.0.1:7233.',
        'GONGSHU_MODE is "test"; it must be development or production.',
      ].join('\n'),
    );
  });
});
