export * from './Room.tsx';
