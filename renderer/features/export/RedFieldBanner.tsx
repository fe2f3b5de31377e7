import { ObstacleButton } from '../../actions/ObstacleButton.tsx';
import type { Obstacle } from '../../stores/trainState.ts';
import { Banner } from '../../ui/index.ts';

/** Which field shows something else than would be written, and the way there. */
export function RedFieldBanner({ obstacle }: { readonly obstacle: Obstacle }) {
  return (
    <Banner tone="error" title="A field shows something else" actions={<ObstacleButton size="s" obstacle={obstacle} />}>
      {obstacle.message}
    </Banner>
  );
}
