/** Between checkpoints: after an epoch at least one second, within a long epoch half a minute. */
const AFTER_EPOCH_MS = 1000;
const WITHIN_EPOCH_MS = 30_000;
/** Saving takes a hundredth of the time at most, and keeps the training waiting a fiftieth at most, however large the network. */
const SAVE_SHARE = 1 / 100;
const WAIT_SHARE = 1 / 50;

/** When a training is to save, by what its last checkpoint cost. Times are milliseconds of one clock. */
export class SaveRhythm {
  private last: number;
  /** What the last checkpoint took until it was on disk, and how long the training waited for it. */
  private cost = { whole: 0, waited: 0 };
  /** When the checkpoint under way was begun; null while none is. */
  private begun: number | null = null;

  constructor(now: number) {
    this.last = now;
  }

  get saving(): boolean {
    return this.begun !== null;
  }

  isDue(when: 'step' | 'epoch', now: number): boolean {
    const wait =
      when === 'epoch' ? Math.min(WITHIN_EPOCH_MS, AFTER_EPOCH_MS + this.cost.whole / SAVE_SHARE) : WITHIN_EPOCH_MS;
    return !this.saving && now - this.last >= Math.max(wait, this.cost.waited / WAIT_SHARE);
  }

  begin(now: number): void {
    this.begun = now;
  }

  /** @param waited how long the training waited for it */
  end(now: number, waited: number): void {
    this.cost = { whole: now - (this.begun ?? now), waited };
    this.last = now;
    this.begun = null;
  }
}
