// Node only: reads files. The browser-safe part is `index.ts`.

export { BUILTIN_TABLES } from './builtin/content.ts';
export { type DataRecord, dataRecordSchema } from './dataRecord.ts';
export { contentDigests } from './folder/contentDigests.ts';
export { readPictureInputs } from './folder/readPictureInputs.ts';
export { describeDataset, type LoadOptions, loadDataset } from './loadDataset.ts';
export { type LoadedDataset, previewSamples, type StreamedField, samplesById } from './loadedDataset.ts';
export { createPreprocess, type FieldData, type Preprocess, restorePreprocess } from './preprocess.ts';
export { seededRandom, shuffledIndices } from './random.ts';
export { resolveDataPath } from './readDataFile.ts';
export { type Reopened, reopenDataset } from './reopenDataset.ts';
export { type Scaler, scalerSchema } from './scaler.ts';
