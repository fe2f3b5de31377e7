export { EvaluateRoom } from './EvaluateRoom.tsx';
