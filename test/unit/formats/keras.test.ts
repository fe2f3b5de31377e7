import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { kerasLoadOrder } from '../../../core/formats/keras/loadOrder.ts';
import { snakeCase } from '../../../core/formats/keras/weightsFile.ts';
import { writeKeras } from '../../../core/formats/node.ts';
import { resolveNetwork } from '../../../core/graph/index.ts';
import { designOf, wobblyWeights } from '../../parity/exportDesigns.ts';

const residual = designOf('Residual net', [
  { type: 'Input', name: 'x', params: { shape: [4] }, reads: [] },
  { type: 'Dense', name: 'short', params: { units: 4 }, reads: ['x'] },
  { type: 'Dense', name: 'long1', params: { units: 4 }, reads: ['x'] },
  { type: 'Dense', name: 'long2', params: { units: 4 }, reads: ['long1'] },
  { type: 'Add', name: 'sum', params: {}, reads: ['short', 'long2'] },
  { type: 'Output', name: 'out', params: { loss: 'meanSquaredError' }, reads: ['sum'] },
]);

describe('.keras files', () => {
  it('spell class names as Keras does', () => {
    const spelled = ['Conv2D', 'PReLU', 'BatchNormalization', 'LSTM', 'GlobalAveragePooling1D', 'ReLU', 'InputLayer'];
    expect(spelled.map(snakeCase)).toEqual([
      'conv2d',
      'p_re_lu',
      'batch_normalization',
      'lstm',
      'global_average_pooling1d',
      're_lu',
      'input_layer',
    ]);
  });

  it('number layers by their distance from the output, then as a walk from it meets them', () => {
    const network = resolveNetwork(residual);
    if (!network.ok) throw new Error(network.error.message);
    const order = kerasLoadOrder(network.value.outputs.map((output) => output.source.layer));
    expect(order.map((layer) => layer.name)).toEqual(['x', 'long1', 'short', 'long2', 'sum']);
  });

  it('hold a stored zip of metadata, config and weights', async () => {
    const bytes = await writeKeras(residual, wobblyWeights(residual));
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
    const config = JSON.parse(new TextDecoder().decode(files['config.json']));
    expect(config.config.name).toBe('residual_net');
    expect(config.config.output_layers).toEqual(['sum', 0, 0]);
    expect([...(files['model.weights.h5'] ?? []).slice(1, 4)]).toEqual([...new TextEncoder().encode('HDF')]);
    // Stored, not deflated: the weights stand in the file as they are.
    expect(bytes.length).toBeGreaterThan(files['model.weights.h5']?.length ?? Infinity);
  });

  it('are refused when a weight is missing', async () => {
    await expect(writeKeras(residual, new Map())).rejects.toThrow(/should have shape \[4, 4\], but is missing/);
  });
});
