// SVG as a program in TypeScript sees it.
import {
  createSvgSanitizer,
  type SvgPolicy,
  type SvgRemoval,
  type SvgReport,
  type SvgSanitizer,
  sanitizeSvg,
} from 'portcullis';

const safe: string = sanitizeSvg(Buffer.from('<svg/>'));
const policy: SvgPolicy = { maxBytes: 1000, maxElements: 9, maxDepth: 9, maxAttributes: 9, maxDrawn: 9 };
const sanitize: SvgSanitizer = createSvgSanitizer({ ...policy, dataImages: false, animations: false, idPrefix: 'a-' });
const report: SvgReport = sanitize.report(sanitize(safe));
const names: string[] = report.removed.map(
  ({ kind, element, name, count }: SvgRemoval) => `${kind} ${element} ${name} ${count}`,
);
console.log(names);

// @ts-expect-error Bytes of another kind.
sanitizeSvg(new Uint16Array(2));
// @ts-expect-error An option of another package.
createSvgSanitizer({ ALLOWED_TAGS: ['svg'] });
