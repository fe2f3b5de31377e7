import { describe, expect, it } from 'vitest';
import { layerAddables, libraryAddables } from '../../../renderer/actions/addables.ts';
import { search } from '../../../renderer/actions/search.ts';

const layers = layerAddables(false);
const types = (query: string) => search(layers, query).map((layer) => layer.type);

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

  it('finds blocks of the library among them, and a layer of that very name before them', () => {
    const keys = (query: string) => search([...layers, ...libraryAddables()], query).map(({ key }) => key);
    expect(keys('squeeze excite')[0]).toMatch(/^library:/);
    expect(keys('dense')[0]).toBe('Dense');
  });

  it('wants every word', () => {
    expect(types('max pool')[0]).toMatch(/^MaxPool/);
    expect(types('dense banana')).toEqual([]);
  });

  it('lists everything for nothing', () => {
    expect(types('')).toHaveLength(layers.length);
  });
});
