import { expect, type Locator, type Page } from '@playwright/test';
import { cards } from './canvas.ts';

export type RoomName = 'Data' | 'Design' | 'Train' | 'Evaluate' | 'Export';

/** Goes to one of the five rooms by its button at the top. */
export async function goTo(page: Page, room: RoomName): Promise<Locator> {
  await page.getByRole('radiogroup', { name: 'Rooms' }).getByRole('radio', { name: room, exact: true }).click();
  return room === 'Design'
    ? page.getByRole('main', { name: 'Design' })
    : page.getByRole('main').getByRole('region', { name: room, exact: true });
}

export async function newDesign(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New design' }).click();
  await expect(page.getByRole('heading', { name: 'An empty canvas' })).toBeVisible();
}

/** Opens a template from the start page. */
export async function openTemplate(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: title, exact: true }).click();
  await expect(cards(page).first()).toBeVisible();
}

export async function chooseData(page: Page, title: string): Promise<void> {
  const data = await goTo(page, 'Data');
  await data.getByRole('radio', { name: title, exact: true }).click();
  await expect(data.getByRole('heading', { name: title, level: 2 })).toBeVisible();
}

export async function setTraining(page: Page, label: string, value: string): Promise<void> {
  const box = page
    .getByRole('region', { name: 'Train', exact: true })
    .getByRole('textbox', { name: label, exact: true });
  await box.fill(value);
  await box.press('Enter');
  await expect(box).toHaveValue(value);
}

/** A message in the corner, found by its title. */
export const toast = (page: Page, title: string): Locator =>
  page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('listitem')
    .filter({ hasText: title });

/** The last value of a curve, as the chart's legend says it: `0.118`, `96.9 %`, or `–` before there is one. */
export function curveValue(page: Page, chart: string, curve: 'train' | 'validation'): Locator {
  return page
    .getByRole('list', { name: `${chart}: current values` })
    .getByRole('listitem')
    .filter({ hasText: curve })
    .getByRole('status');
}

export const trainButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: 'Train', exact: true });
export const stopButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: 'Stop training' });
