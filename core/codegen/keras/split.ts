import type { DataSettings } from '../../document/index.ts';

/**
 * Python that deals samples out exactly as `core/data/splitSamples.ts` does: the same generator (Mulberry32), the same shuffle and
 * the same largest-remainder shares, so that the program trains, validates and tests on the very samples the app used. Written out
 * rather than as index lists: it stays readable, and it still fits when the data file grows.
 */
export function splitCode(split: DataSettings['split']): string[] {
  return `def seeded_random(seed):
    """Uniform numbers in [0, 1) from a 32-bit seed (Mulberry32)."""
    state = seed
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        t ^= (t + (t ^ (t >> 7)) * (t | 61)) & 0xFFFFFFFF
        yield (t ^ (t >> 14)) / 2**32


def share_out(size):
    """How many of so many samples go to training, validation and test."""
    exact = [
        size * (1 - VALIDATION_FRACTION - TEST_FRACTION),
        size * VALIDATION_FRACTION,
        size * TEST_FRACTION,
    ]
    counts = [int(n + 1e-9) for n in exact]
    remainders = [math.floor((n - c) * 1e9 + 0.5) for n, c in zip(exact, counts)]
    by_remainder = sorted(range(3), key=lambda part: -remainders[part])
    for part in by_remainder[: size - sum(counts)]:
        counts[part] += 1
    return counts


def split_samples(labels):
    """Indices of the training, validation and test samples.${split.stratify ? '\n\n    Each class is shared out by itself, so that all parts hold the same mix.\n    """' : '"""'}
    random = seeded_random(SPLIT_SEED)
    order = list(range(len(labels)))
    for i in range(len(order) - 1, 0, -1):
        j = int(next(random) * (i + 1))
        order[i], order[j] = order[j], order[i]
    left = {
        label: share_out(int(np.sum(labels == label))) for label in np.unique(labels)
    }
    train, validation, test = [], [], []
    for index in order:
        share = left[labels[index]]
        part = 2 if share[2] > 0 else 1 if share[1] > 0 else 0
        share[part] -= 1
        (train, validation, test)[part].append(index)
    return train, validation, test`.split('\n');
}
