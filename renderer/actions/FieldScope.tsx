import { type ReactNode, useEffect, useMemo } from 'react';
import { createFieldScope, type FieldPlace } from '../stores/redFields.ts';
import { RefusalContext } from '../ui/index.ts';

export interface FieldScopeProps {
  readonly room: FieldPlace['room'];
  /** The layer whose parameters they are. */
  readonly nodeId?: string;
  /** Id of the graph that this layer is in. */
  readonly graphId?: string;
  readonly children: ReactNode;
}

/** Fields of the design's settings: while one of them is red, nothing is trained. */
export function FieldScope({ room, nodeId, graphId, children }: FieldScopeProps) {
  const scope = useMemo(
    () => createFieldScope({ room, nodeId: nodeId ?? null, graphId: graphId ?? null }),
    [room, nodeId, graphId],
  );
  useEffect(() => scope.show(), [scope]);
  return <RefusalContext value={scope.keeper}>{children}</RefusalContext>;
}
