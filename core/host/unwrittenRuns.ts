import { fileProblem } from '../files/node.ts';
import type { RunRecord } from '../runs/index.ts';
import type { RunStore } from '../runs/node.ts';

/**
 * The store, with the records kept in memory that the disk refuses (it is full, or the run's folder is gone): until they can be written
 * they are what lists show, so that no run appears to train on that has ended. The next program that starts marks such a run by itself.
 */
export function keepUnwritten(store: RunStore): RunStore {
  const unwritten = new Map<string, RunRecord>();

  const update = async (dir: string, record: RunRecord): Promise<RunRecord> => {
    try {
      const written = await store.update(dir, record);
      unwritten.delete(record.id);
      return written;
    } catch {
      unwritten.set(record.id, record);
      return record;
    }
  };
  const writeAgain = async () => {
    for (const record of [...unwritten.values()]) await update(store.dir(record.id), record);
  };

  return {
    ...store,
    update,
    list: async () => {
      await writeAgain();
      const stored = await store.list();
      if (unwritten.size === 0) return stored;
      const others = stored.filter(({ id }) => !unwritten.has(id));
      return [...others, ...unwritten.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
    read: async (id) => {
      await writeAgain();
      return unwritten.get(id) ?? store.read(id);
    },
    rename: async (id, name) => {
      const record = unwritten.get(id);
      return record ? update(store.dir(id), { ...record, name }) : store.rename(id, name);
    },
    claim: async (dir) => {
      try {
        await store.claim(dir);
      } catch (error) {
        throw fileProblem('write to', dir, error);
      }
    },
    delete: async (id) => {
      const known = unwritten.delete(id);
      try {
        await store.delete(id);
      } catch (error) {
        // Its folder was removed before: then nothing is left to delete.
        if (!known || (await store.read(id).catch(() => null)) !== null) throw error;
      }
    },
  };
}
