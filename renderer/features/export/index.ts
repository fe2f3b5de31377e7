export { CodePane } from './CodePane.tsx';
export { ExportRoom } from './ExportRoom.tsx';
