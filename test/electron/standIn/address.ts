/** Chromium under Playwright knows no app://, so pages get a secure address that no network has; both sides see their own. */
const PAGE_ORIGIN = 'https://layerloom.invalid';
const APP_ORIGIN = 'app://layerloom';

const swap = (address: string, from: string, to: string) =>
  address === from || address.startsWith(`${from}/`) ? to + address.slice(from.length) : address;

export const toPageAddress = (address: string) => swap(address, APP_ORIGIN, PAGE_ORIGIN);
export const toAppAddress = (address: string) => swap(address, PAGE_ORIGIN, APP_ORIGIN);
