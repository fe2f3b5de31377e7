import { EmptyState } from '../../ui/index.ts';

export function RunsPane() {
  return <EmptyState title="Nothing here yet" />;
}
