import { BROADCAST_KERNEL } from '../../gradients/reduction.ts';
import { compose } from './compose.ts';
import { registerNativeKernel } from './native.ts';

export function registerBroadcast(): void {
  registerNativeKernel<{ readonly shape: readonly number[] }>(BROADCAST_KERNEL, ({ x }, { shape }, native) => {
    if (!x) throw new Error(`${BROADCAST_KERNEL} needs a tensor`);
    const [repeated] = compose(native, ({ ids, run, ints, attributes: { float, int32 } }) => [
      run('BroadcastTo', [...ids(x), ints(...shape)], [float(), int32('Tidx')]),
    ]);
    if (!repeated) throw new Error(`${BROADCAST_KERNEL} returned nothing`);
    return repeated;
  });
}
