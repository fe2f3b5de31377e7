import { EmptyState } from '../../ui/index.ts';

export function EvaluateRoom() {
  return <EmptyState title="Nothing here yet" />;
}
