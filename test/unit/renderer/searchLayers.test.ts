import { describe, expect, it } from 'vitest';
import { listLayers } from '../../../core/catalogue/index.ts';
import { searchLayers } from '../../../renderer/actions/searchLayers.ts';

const types = (query: string) => searchLayers(listLayers(), query).map((layer) => layer.type);

describe('finding a layer', () => {
  it('puts the exact name first', () => {
    expect(types('dense')[0]).toBe('Dense');
    expect(types('conv2d')[0]).toBe('Conv2D');
    expect(types('add')[0]).toBe('Add');
  });

  it('knows what layers do', () => {
    expect(types('residual')).toContain('Add');
    expect(types('pooling').length).toBeGreaterThan(3);
  });

  it('wants every word', () => {
    expect(types('max pool')[0]).toMatch(/^MaxPool/);
    expect(types('dense banana')).toEqual([]);
  });

  it('lists everything for nothing', () => {
    expect(types('')).toHaveLength(listLayers().length);
  });
});
