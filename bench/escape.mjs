import escapeHtmlPackage from 'escape-html';
import { escapeHtml } from 'portcullis';

const CLEAN = 'A harmless sentence of an ordinary comment, as many';
const DIRTY = 'An <b>ordinary</b> comment & its "author", who isn\'t';

const texts = [
  { name: '50 clean characters', text: CLEAN.slice(0, 50), target: '<= 1.1 of escape-html' },
  { name: '50 dirty characters', text: DIRTY.slice(0, 50), target: '<= 0.5 of escape-html' },
  { name: '4 KB clean', text: CLEAN.repeat(100).slice(0, 4096), target: '<= 0.25 of escape-html' },
  { name: '4 KB dirty', text: DIRTY.repeat(100).slice(0, 4096), target: '<= 0.3 of escape-html' },
];

export const cases = () =>
  texts.map(({ name, text, target }) => ({
    name,
    target,
    subjects: { portcullis: () => escapeHtml(text), 'escape-html': () => escapeHtmlPackage(text) },
  }));
