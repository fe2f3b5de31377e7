import { execFileSync } from 'node:child_process';

interface Running {
  readonly pid: number;
  readonly parent: number;
  /** Processor time so far, in seconds. */
  readonly seconds: number;
  readonly command: string;
}

function list(): readonly Running[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,time=,args='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, time = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const [seconds = 0, minutes = 0, hours = 0] = time.split(/[:-]/).map(Number).reverse();
    return pid === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), seconds: seconds + 60 * minutes + 3600 * hours, command }];
  });
}

/** The engine this test's app trains with: of the engines below this process, the one that has worked most. */
export function trainingEngine(): number {
  const all = new Map(list().map((one) => [one.pid, one]));
  const ours = (one: Running | undefined): boolean =>
    one !== undefined && (one.pid === process.pid || ours(all.get(one.parent)));
  const engines = [...all.values()].filter((one) => one.command.includes('engine.cjs') && ours(one));
  const busiest = engines.sort((a, b) => b.seconds - a.seconds)[0];
  if (busiest === undefined) throw new Error('No engine is running.');
  return busiest.pid;
}
