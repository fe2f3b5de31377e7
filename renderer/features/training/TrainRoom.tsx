import { EmptyState } from '../../ui/index.ts';

export function TrainRoom() {
  return <EmptyState title="Nothing here yet" />;
}
