// SVG of uploads beside DOMPurify on jsdom, which is what apps use for it. The two return different text, so what is compared is
// that neither lets the script through.
import { readFileSync } from 'node:fs';
import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';
import { createSvgSanitizer } from 'portcullis';

const { ordinary } = JSON.parse(readFileSync(new URL('../__test__/vectors/svg.json', import.meta.url), 'utf8'));
const find = (name) => ordinary.find((one) => one.name.startsWith(name)).svg;
const chart = (bars) =>
  `<svg xmlns="http://www.w3.org/2000/svg"><script>pwn()</script>${'<rect x="1" y="2" width="30" height="4" fill="steelblue"/>'.repeat(bars)}</svg>`;

const PICTURES = {
  'an icon': find('stroke icon, 24 units'),
  'a drawing of Illustrator': find('Illustrator with classes'),
  'a drop shadow of Figma': find('Figma drop shadow'),
  'a chart of 57 KB': chart(1000),
};

export function cases() {
  const sanitize = createSvgSanitizer();
  const purify = createDOMPurify(new JSDOM('').window);
  const options = { USE_PROFILES: { svg: true, svgFilters: true } };
  const isSafe = (svg) => svg.startsWith('<svg') && !svg.includes('pwn');
  return Object.entries(PICTURES).map(([name, svg]) => ({
    name,
    subjects: { portcullis: () => sanitize(svg), 'dompurify on jsdom': () => purify.sanitize(svg, options) },
    equal: (one, other) => {
      if (!isSafe(one) || !isSafe(other)) throw new Error(`${name}: a script was kept`);
    },
  }));
}
