import { EmptyState } from '../../ui/index.ts';

export function ExportRoom() {
  return <EmptyState title="Nothing here yet" />;
}
