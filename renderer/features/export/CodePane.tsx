import { EmptyState } from '../../ui/index.ts';

export function CodePane() {
  return <EmptyState title="Nothing here yet" />;
}
