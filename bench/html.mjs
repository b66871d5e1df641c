// HTML of users beside the sanitizers that apps use for it. They return different text, so what is compared is that none lets a
// script through.
import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';
import { createHtmlSanitizer } from 'portcullis';
import sanitizeHtml from 'sanitize-html';
import xss from 'xss';

const HOSTILE =
  '<p onclick=alert(1)>x <a href="javascript:alert(1)">y</a><script>alert(1)</script><img src=x onerror=alert(1)>' +
  '<svg><style><!-- x --></style></svg><b>z</b> &amp; text</p>';
const SENTENCE = 'A harmless sentence of an ordinary comment, as there are many. ';
const PARAGRAPH =
  '<h2>Title</h2><p>Some <b>ordinary</b> text with a <a href="https://a.example/x?a=1&amp;b=2">link</a>, ' +
  'and a sentence that goes on for quite some time, as they do.</p><ul><li>one</li><li>two</li></ul>';

const filled = (piece, bytes) => piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);

const DOCUMENTS = [
  ['2 KB of hostile markup', filled(HOSTILE, 2048), '<= 0.7 of sanitize-html'],
  ['2 KB of plain text', filled(SENTENCE, 2048), '<= 0.05 of sanitize-html'],
  ['an article of 3 KB', filled(PARAGRAPH, 3072), '<= 0.7 of sanitize-html'],
  ['an article of 100 KB', filled(PARAGRAPH, 102_400), '<= 0.7 of sanitize-html'],
];

// What is an attribute or a tag, not text that was escaped.
const RUNS = /<script|<[^>]*\sonerror/i;

export function cases() {
  const sanitize = createHtmlSanitizer({ profile: 'article' });
  const purify = createDOMPurify(new JSDOM('').window);
  return DOCUMENTS.map(([name, html, target]) => ({
    name,
    target,
    subjects: {
      portcullis: () => sanitize(html),
      'sanitize-html': () => sanitizeHtml(html),
      xss: () => xss(html),
      'dompurify on jsdom': () => purify.sanitize(html),
    },
    equal: (one, other) => {
      if (RUNS.test(one) || RUNS.test(other)) throw new Error(`${name}: a script was kept`);
    },
  }));
}
