import type { ScanProgress } from '@gongshu/activities/egress/engine/table';

const words: Record<ScanProgress['phase'], string> = {
  reading: '读取 reading',
  identifiers: '直接标识 identifiers',
  groups: '重识别 groups',
  aggregates: '汇总表 aggregates',
  containment: '原始数据 containment',
  differences: '差分 differences',
};

const quietMillis = 3_000;
const width = 24;

/**
 * Shows on stderr how far a long work is: a bar on a terminal, else a line every five seconds and at each new phase.
 * Each phase ends at 100 %. Short works show nothing.
 */
export const progressShown = (out: NodeJS.WriteStream = process.stderr) => {
  const began = performance.now();
  let [last, phase, ended, wrote] = [0, '', '', false];
  return {
    tell: ({ phase: now, done, of }: ScanProgress): void => {
      const at = performance.now();
      if (at - began < quietMillis) return;
      const due = at - last >= (out.isTTY ? 100 : 5_000);
      if (phase === now && !due && (done < of || ended === now)) return;
      if (done >= of) ended = now;
      [last, phase, wrote] = [at, now, true];
      const share = of > 0 ? Math.min(1, done / of) : 1;
      const line = `${words[now]} ${done}/${of} ${Math.floor(share * 100)} %`;
      const filled = Math.round(share * width);
      out.write(
        out.isTTY ? `\r\u001B[K[${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${line}` : `${line}\n`,
      );
    },
    end: (): void => {
      if (wrote && out.isTTY) out.write('\r\u001B[K');
    },
  };
};
