import { registerWasmKernel } from './heap.ts';

/** A clone is another holder of the same data, as on other backends: kernels never change what they read. The stock one copies. */
export function registerIdentity(): void {
  registerWasmKernel('Identity', () => ({ x }, _, backend) => {
    if (!x) throw new Error('Identity needs x');
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
}
