import { EmptyState } from '../../ui/index.ts';

export function DataRoom() {
  return <EmptyState title="Nothing here yet" />;
}
