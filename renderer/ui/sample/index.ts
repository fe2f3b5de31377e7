export * from './pixels.ts';
export * from './SamplePicture.tsx';
