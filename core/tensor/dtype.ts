/** Element types a wire can carry. Everything but embedding indices is float32. */
export type DType = 'float32' | 'int32';

/** How many bytes an element takes, by its type. */
export const BYTES_PER_ELEMENT: Record<DType, number> = { float32: 4, int32: 4 };
