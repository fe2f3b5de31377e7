import { TEMPLATES } from '../core/templates/index.ts';

/** Templates whose networks are analysed in no time, some of them made of blocks: what tests draw from that look at thousands of designs. */
export const SMALL_TEMPLATES = TEMPLATES.filter(({ layers }) => layers < 30);
