import { LogIn } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { goTo } from '../../actions/goTo.ts';
import { OverlayRegion } from '../../ui/index.ts';
import '../../ui/menu.css';

/** Right click on a block of the design: what can be done with its definition. */
export function DesignBlockMenu({ graph, children }: { readonly graph: string; readonly children: ReactNode }) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <div>{children}</div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <OverlayRegion label="What can be done with the block">
          <ContextMenu.Content className="menu" collisionPadding={8}>
            <ContextMenu.Item className="menu-item" onSelect={() => goTo({ graph })}>
              <span className="menu-icon">
                <LogIn aria-hidden />
              </span>
              <span className="menu-label">Look inside</span>
            </ContextMenu.Item>
          </ContextMenu.Content>
        </OverlayRegion>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
