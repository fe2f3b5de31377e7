import { isActive, type RunRecord } from '../runs/index.ts';
import { holderText, type RunStore } from '../runs/node.ts';
import type { HostEvent } from './contract/index.ts';

const LOOK_EVERY_MS = 1500;

export interface RunsElsewhere {
  /** All runs; those that another program trains say so, and those that nobody trains any more are `interrupted`. */
  list(): Promise<RunRecord[]>;
  close(): void;
}

/** Runs that other programs train (the command line, say): shown as such, and followed until they end. */
export function runsElsewhere(
  runs: RunStore,
  isOurs: (runId: string) => boolean,
  emit: (event: HostEvent) => void,
): RunsElsewhere {
  const followed = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const marked = async (record: RunRecord): Promise<RunRecord> => {
    if (!isActive(record) || isOurs(record.id)) return record;
    const holder = await runs.elsewhere(runs.dir(record.id));
    return holder === null ? record : { ...record, elsewhere: holderText(holder) };
  };

  const look = async () => {
    await runs.recover(0);
    for (const [id, before] of [...followed]) {
      const record = await runs.read(id).then(marked, () => null);
      if (record === null) {
        followed.delete(id);
        emit({ type: 'runDeleted', runId: id });
        continue;
      }
      const now = JSON.stringify(record);
      if (now !== before) emit({ type: 'run', record });
      if (record.elsewhere === undefined) followed.delete(id);
      else followed.set(id, now);
    }
  };
  const follow = () => {
    clearTimeout(timer);
    if (closed || followed.size === 0) return;
    timer = setTimeout(
      () =>
        void look()
          .catch(() => undefined)
          .finally(follow),
      LOOK_EVERY_MS,
    );
    timer.unref();
  };

  return {
    list: async () => {
      await runs.recover(0);
      const records = await Promise.all((await runs.list()).map(marked));
      for (const record of records) if (record.elsewhere !== undefined) followed.set(record.id, JSON.stringify(record));
      follow();
      return records;
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
