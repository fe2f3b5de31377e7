import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatDuration,
  formatMetric,
  formatPercent,
  plural,
} from '../../../renderer/ui/format.ts';

describe('figures', () => {
  it('are grouped or shortened', () => {
    expect(formatCount(75290)).toBe('75,290');
    expect(formatCompact(9999)).toBe('9,999');
    expect(formatCompact(4_100_000)).toBe('4.1 M');
    expect(formatCompact(132_863_336)).toBe('133 M');
    expect(formatCompact(999_600)).toBe('1 M');
  });

  it('of memory and time carry their unit', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(38_200_000)).toBe('38 MB');
    expect(formatBytes(2_200_000)).toBe('2.2 MB');
    expect(formatDuration(21)).toBe('0:21');
    expect(formatDuration(3750)).toBe('1:02:30');
    expect(formatDuration(Number.POSITIVE_INFINITY)).toBe('–');
  });

  it('of training keep what matters', () => {
    expect(formatMetric(8.1e-4)).toBe('8.1e-4');
    expect(formatMetric(0)).toBe('0');
    expect(formatPercent(0.9691)).toBe('96.9 %');
    expect(plural(1, 'layer')).toBe('1 layer');
    expect(plural(1200, 'layer')).toBe('1,200 layers');
  });
});
