import { EventEmitter } from 'node:events';
import type { Browser, BrowserContext, Frame, Page, Request as PageRequest, Route } from '@playwright/test';
import { toAppAddress, toPageAddress } from './address.ts';
import { DELIVER, preloadScript, SEND_BINDING } from './preloadScript.ts';
import { strict } from './strict.ts';

export interface WindowEnvironment {
  readonly browser: Browser;
  handleAppRequest(request: Request): Promise<Response>;
  receive(event: object, channel: string, message: unknown): void;
  /** As the shell's permission check handler decides. */
  mayUse(permission: string, address: string): boolean;
  opened(window: StandInWindow): void;
  closed(window: StandInWindow): void;
}

interface WindowOptions {
  readonly width: number;
  readonly height: number;
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

type OpenHandler = (details: { url: string }) => { action: string };

/** What a page must never be given, checked at every window. */
function checkPreferences(preferences: Readonly<Record<string, unknown>>): string {
  const wanted = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false };
  for (const [name, value] of Object.entries(wanted))
    if (preferences[name] !== value) throw new Error(`webPreferences.${name} must be ${value}.`);
  return String(preferences.preload);
}

/** A BrowserWindow whose page lives in Chromium under Playwright. */
export class StandInWindow extends EventEmitter {
  /** The page as tests drive it. */
  readonly page: Promise<Page>;
  readonly webContents;
  visible = false;
  /** Once closed: what Playwright kept for the page is gone too. */
  released: Promise<void> | undefined;
  private readonly environment: WindowEnvironment;
  private context: BrowserContext | null = null;
  private current: Page | null = null;
  private openHandler: OpenHandler | null = null;
  private destroyed = false;
  private settle: (page: Page) => void = () => undefined;
  private deliveries: Promise<unknown> = Promise.resolve();
  private readonly contents = new EventEmitter();
  private readonly options: WindowOptions;

  constructor(environment: WindowEnvironment, options: WindowOptions) {
    super();
    checkPreferences(options.webPreferences);
    this.environment = environment;
    this.options = options;
    this.page = new Promise((done) => {
      this.settle = done;
    });
    this.webContents = strict('webContents', {
      on: (name: string, listener: (...args: unknown[]) => void) => this.contents.on(name, listener),
      send: (channel: string, message: unknown) => this.deliver(channel, message),
      setWindowOpenHandler: (handler: OpenHandler) => {
        this.openHandler = handler;
      },
      isDestroyed: () => this.destroyed,
      getURL: () => toAppAddress(this.current?.url() ?? ''),
      /** One object for the frame, so that it can be compared. */
      mainFrame: strict('mainFrame', { url: 'app://layerloom/' }),
    });
    environment.opened(this);
  }

  isDestroyed = () => this.destroyed;
  isMinimized = () => false;
  isMaximized = () => false;
  restore = () => undefined;
  maximize = () => undefined;
  focus = () => undefined;
  getNormalBounds = () => ({ x: 0, y: 0, width: this.options.width, height: this.options.height });
  show = () => {
    this.visible = true;
  };

  async loadURL(address: string): Promise<void> {
    const { browser } = this.environment;
    this.context = await browser.newContext({ viewport: { width: this.options.width, height: this.options.height } });
    await this.grant(address);
    await this.context.exposeBinding(SEND_BINDING, ({ frame }, channel: string, message: unknown) =>
      this.send(frame, channel, message),
    );
    await this.context.addInitScript(preloadScript(checkPreferences(this.options.webPreferences)));
    await this.context.route('**', (route) => this.answer(route));
    const page = await this.context.newPage();
    this.current = page;
    page.on('popup', (popup) => this.refusePopup(popup));
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') return;
      let leave = false;
      const event = {
        preventDefault: () => {
          leave = true;
        },
      };
      this.contents.emit('will-prevent-unload', event);
      void (leave ? dialog.accept() : dialog.dismiss());
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.contents.emit('did-navigate', {}, toAppAddress(frame.url()));
    });
    page.on('close', () => this.onClosed());
    await page.goto(toPageAddress(address));
    this.emit('ready-to-show');
    this.settle(page);
  }

  /** As a person closes it; the page may hold it back. Resolves to whether it closed. */
  async closeByPerson(): Promise<boolean> {
    const page = this.current;
    if (!page || this.destroyed) return true;
    this.emit('close', { preventDefault: () => undefined });
    const closed = new Promise<boolean>((done) => {
      page.once('close', () => done(true));
      page.once('dialog', () => setTimeout(() => done(page.isClosed()), 500));
    });
    await page.close({ runBeforeUnload: true });
    return closed;
  }

  closeByQuit = () => this.closeByPerson();

  private onClosed(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.contents.emit('destroyed');
    this.released = this.context?.close().catch(() => undefined);
    this.environment.closed(this);
  }

  private deliver(channel: string, message: unknown): void {
    const page = this.current;
    if (!page || page.isClosed()) return;
    // A page that navigates or closes meanwhile loses the message, as with real IPC.
    this.deliveries = this.deliveries
      .then(() =>
        page.evaluate(
          ([name, to, text]) => {
            const receive: unknown = Reflect.get(window, String(name));
            if (typeof receive === 'function') receive(to, text);
          },
          [DELIVER, channel, message],
        ),
      )
      .catch(() => undefined);
  }

  private send(frame: Frame, channel: string, message: unknown): void {
    const isMain = frame === this.current?.mainFrame();
    const senderFrame = isMain ? this.webContents.mainFrame : { url: toAppAddress(frame.url()) };
    if (isMain && !toAppAddress(frame.url()).startsWith('app://')) return;
    this.environment.receive({ sender: this.webContents, senderFrame }, channel, message);
  }

  private async grant(address: string): Promise<void> {
    const known = {
      'clipboard-read': 'clipboard-read',
      'clipboard-sanitized-write': 'clipboard-write',
      geolocation: 'geolocation',
    };
    const granted = Object.entries(known).filter(([permission]) => this.environment.mayUse(permission, address));
    await this.context?.grantPermissions(
      granted.map(([, name]) => name),
      { origin: new URL(toPageAddress(address)).origin },
    );
  }

  private async answer(route: Route): Promise<void> {
    const request = route.request();
    const address = toAppAddress(request.url());
    // A page that is only now being opened has no frame yet; it is no navigation of this window.
    const ours = this.current?.url() === 'about:blank' ? null : this.navigatingFrame(request);
    if (ours !== null && ours === this.current?.mainFrame()) {
      let refused = false;
      const event = {
        url: address,
        preventDefault: () => {
          refused = true;
        },
      };
      this.contents.emit('will-navigate', event);
      if (refused) return route.abort('aborted');
    }
    if (!address.startsWith('app://')) return route.abort('blockedbyclient');
    const response = await this.environment.handleAppRequest(new Request(address, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  private navigatingFrame(request: PageRequest): Frame | null {
    try {
      return request.isNavigationRequest() ? request.frame() : null;
    } catch {
      return null;
    }
  }

  private refusePopup(popup: Page): void {
    const decision = this.openHandler?.({ url: toAppAddress(popup.url()) });
    if (decision?.action !== 'deny') throw new Error('The shell must deny new windows.');
    void popup.close();
  }
}
