import { FileText, X } from 'lucide-react';
import type { LoomDocument } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { TEMPLATES, type Template } from '../../../core/templates/index.ts';
import { discardRecovery, openPath, openUnsaved, recover } from '../../actions/files.ts';
import { arranged } from '../../actions/layout/arrange.ts';
import { firstShortcut, useAction } from '../../actions/useAction.ts';
import { forgetRecent, useApp } from '../../stores/appStore.ts';
import { Banner, Button, formatCompact, formatMoment, IconButton, Kbd, Logo, plural } from '../../ui/index.ts';
import { GraphThumbnail } from './GraphThumbnail.tsx';
import './startPage.css';

/** Where one begins: a new design, a template, a file, or work that was not saved. */
export function StartPage() {
  return (
    <div className="start">
      <div className="start-side">
        <header className="start-brand">
          <Logo size={34} />
          <div>
            <h1>Layerloom</h1>
            <p className="muted">Draw it, train it, take it with you.</p>
          </div>
        </header>
        <div className="start-buttons">
          <StartAction id="new" primary />
          <StartAction id="open" />
        </div>
        <Recents />
        <footer className="start-foot">
          <StartLink id="textLarger" />
          <StartLink id="textSmaller" />
          <StartLink id="toggleTheme" />
          <StartLink id="keyboardHelp" />
        </footer>
      </div>
      <main className="start-main">
        <Recoveries />
        <h2>Start from a template</h2>
        <ul className="templates" aria-label="Templates">
          {TEMPLATES.map((template) => (
            <li key={template.id}>
              <TemplateCard id={template.id} />
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}

function StartAction({ id, primary }: { readonly id: string; readonly primary?: boolean }) {
  const { action } = useAction(id);
  const Icon = action.icon;
  const shortcut = firstShortcut(action);
  return (
    <Button
      variant={primary === true ? 'primary' : 'secondary'}
      icon={<Icon aria-hidden />}
      title={shortcut}
      onClick={() => action.perform()}
    >
      {action.label}
    </Button>
  );
}

function StartLink({ id }: { readonly id: string }) {
  const { action, shortcut, enabled } = useAction(id);
  return (
    <button type="button" className="start-link" disabled={!enabled} onClick={() => action.perform()}>
      {action.label}
      {shortcut !== '' && <Kbd>{shortcut}</Kbd>}
    </button>
  );
}

const drawings = new Map<string, LoomDocument>();

/** The picture on a template's card: worked out once a window, since a template never changes. */
function drawingOf(template: Template): LoomDocument {
  const known = drawings.get(template.id);
  if (known !== undefined) return known;
  const drawing = drawn(template);
  drawings.set(template.id, drawing);
  return drawing;
}

/** A fresh document of a template, as it opens. */
function drawn({ create, keepsDrawing }: Template): LoomDocument {
  return keepsDrawing ? create() : arranged(create());
}

function TemplateCard({ id }: { readonly id: string }) {
  const template = TEMPLATES.find((one) => one.id === id);
  if (template === undefined) return null;
  const drawing = drawingOf(template);
  return (
    <div className="template">
      <div className="template-picture">
        <GraphThumbnail graph={graphOf(drawing)} graphs={drawing.graphs} />
      </div>
      <button
        type="button"
        className="template-title"
        data-template={id}
        aria-describedby={`${id}-text`}
        onClick={() => void openUnsaved(drawn(template))}
      >
        {template.title}
      </button>
      <p className="template-text" id={`${id}-text`}>
        {template.description}
      </p>
      <div className="template-facts">
        {plural(template.layers, 'layer')} · {formatCompact(template.parameters)} parameters
      </div>
    </div>
  );
}

function Recents() {
  const recents = useApp((state) => state.recents);
  return (
    <section className="recents" aria-label="Recent designs">
      <h2>Recent</h2>
      {recents.length === 0 && <p className="muted">Designs you save or open are listed here.</p>}
      <ul>
        {recents.map((file) => (
          <li key={file.path} className="recent">
            <button
              type="button"
              className="recent-open"
              disabled={!file.exists}
              title={file.exists ? file.path : `${file.path} is no longer there`}
              onClick={() => void openPath(file.path)}
            >
              <FileText aria-hidden />
              <span className="recent-name">{file.name}</span>
              <span className="recent-when">{file.exists ? formatMoment(file.openedAt) : 'gone'}</span>
            </button>
            <IconButton
              label={`Forget ${file.name}`}
              icon={<X aria-hidden />}
              onClick={() => void forgetRecent(file.path)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recoveries() {
  const recoveries = useApp((state) => state.recoveries);
  return recoveries.map((one) => (
    <div key={one.key} className="start-recovery">
      <Banner
        tone="warning"
        title={`“${one.name}” was not saved`}
        actions={
          <>
            <Button variant="primary" onClick={() => void recover(one.key)}>
              Recover
            </Button>
            <Button onClick={() => void discardRecovery(one.key)}>Discard</Button>
          </>
        }
      >
        Its last changes are from {formatMoment(one.savedAt)}.
      </Banner>
    </div>
  ));
}
