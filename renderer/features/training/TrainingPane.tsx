import { EmptyState } from '../../ui/index.ts';

export function TrainingPane() {
  return <EmptyState title="Nothing here yet" />;
}
