// Formats that need Node (files) or the compiled HDF5 library. `tfjs/node.ts` stands apart: it loads TensorFlow.js.
export * from './keras/node.ts';
export { npzBytes, writeNpz } from './npz/write.ts';
export { readSafetensorsFile } from './safetensors/node.ts';
export * from './tensorboard/node.ts';
export * from './weightArchives.ts';
