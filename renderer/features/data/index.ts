export { DataRoom } from './DataRoom.tsx';
