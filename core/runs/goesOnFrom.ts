import type { RunRecord } from './record.ts';

/** From where a run that was cut off goes on, as a sentence: its checkpoint can be epochs behind what had been trained. */
export function goesOnFrom({ saved, epoch }: Pick<RunRecord, 'saved' | 'epoch'>): string {
  if (!saved || saved.epoch >= Math.floor(epoch)) return 'Resume goes on from its last checkpoint.';
  const held = saved.epoch === 0 ? 'in its first epoch' : `after epoch ${saved.epoch}`;
  return `Its last checkpoint was written ${held}: Resume goes on from there and trains what came later once more.`;
}
