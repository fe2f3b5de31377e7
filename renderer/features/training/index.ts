export { TrainingPane } from './TrainingPane.tsx';
export { TrainRoom } from './TrainRoom.tsx';
