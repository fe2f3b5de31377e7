/** Endings of files that are decoded, in any case. */
export const PICTURE_ENDINGS = ['.png', '.jpg', '.jpeg', '.webp', '.gif'] as const;
