// Reads the hand-written contract: the signature of each export and the names of its options. Not a parser of TypeScript: it
// relies on the layout that the formatter gives to .d.ts files.
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
/** Type names that hold options end like this. */
const OPTION_TYPES = /\b[A-Z]\w*(?:Options|Settings|Policy|Keys?|Sources?|Rules?|Name|Info)\b/g;
/** They are values, not sets of options. */
const VALUE_TYPES = new Set(['JwtKey', 'RingKey']);

/** The text of every file that index.d.ts re-exports, without comments. */
export function readContract() {
  const index = readFileSync(new URL('index.d.ts', ROOT), 'utf8');
  const paths = [...index.matchAll(/from '\.\/(types\/[\w-]+)'/g)].map(([, path]) => `${path}.d.ts`);
  const texts = paths.map((path) => readFileSync(new URL(path, ROOT), 'utf8'));
  return texts.join('\n').replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, '');
}

/** How a function is called or an object is made: each overload on a line. @param {string} contract @param {string} name */
export function signaturesOf(contract, name) {
  const declared = declarationsOf(contract, 'function', name);
  if (declared.length > 0) return declared.map(oneLine);
  const [made] = declarationsOf(contract, 'class', name);
  const parameters = /constructor(\([\s\S]*?\));/.exec(made ?? '')?.[1];
  if (parameters === undefined) throw new Error(`the types declare neither a function nor a class ${name}`);
  return [oneLine(`new ${name}${parameters}`)];
}

/** The names of the options that a function or a constructor takes, in the order of the types. */
export function optionsOf(contract, name) {
  const parameters = signaturesOf(contract, name).map((signature) => signature.slice(0, signature.lastIndexOf('): ')));
  const inline = parameters.flatMap((text) =>
    [...text.matchAll(/[{;] (\w+)\??: (?!undefined)/g)].map(([, one]) => one),
  );
  const types = parameters.flatMap((text) => text.match(OPTION_TYPES) ?? []);
  return [...new Set([...inline, ...[...new Set(types)].flatMap((type) => membersOf(contract, type))])];
}

/** The members of a type of options. @param {string} contract @param {string} type @param {Set<string>} [seen] @returns {string[]} */
export function membersOf(contract, type, seen = new Set()) {
  if (seen.has(type) || VALUE_TYPES.has(type)) return [];
  seen.add(type);
  const start = `^(?:export )?(?:type|interface) ${type}\\b(?:<[^\\n{]*?>)?`;
  const alias = new RegExp(`${start} =([\\s\\S]*?);\\n(?=\\n|export|type|interface|$)`, 'm').exec(contract);
  const body = new RegExp(`${start}([^{=]*)\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(contract);
  const [bases, members] = alias !== null ? [withoutObjects(alias[1]), alias[1]] : [body?.[1] ?? '', body?.[2] ?? ''];
  // Options of a callback or of a nested object are indented deeper than the others.
  const depth = alias !== null ? /^ {6}(\w+)\??: (?!undefined)/gm : /^ {2}(\w+)\??:/gm;
  const own = [...members.matchAll(depth)].map(([, name]) => name);
  return [...own, ...[...bases.matchAll(OPTION_TYPES)].flatMap(([name]) => membersOf(contract, name, seen))];
}

/** The text of each declaration of a name, up to the semicolon or brace that closes it. */
function declarationsOf(contract, kind, name) {
  const starts = contract.matchAll(new RegExp(`^export (?:declare )?${kind} (?=${name}\\b)`, 'gm'));
  return [...starts].map((start) => balanced(contract.slice(start.index + start[0].length), kind === 'class'));
}

/** The names that a type is composed of, without the objects that are written out in it. */
const withoutObjects = (text) => text.replace(/\{[\s\S]*?^ *\}|\{[^\n]*\}/gm, '');

function balanced(text, endsWithBrace) {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if ('({<['.includes(text[at])) depth += 1;
    // The arrow of a function type closes nothing.
    if (')}]'.includes(text[at]) || (text[at] === '>' && text[at - 1] !== '=')) depth -= 1;
    if (depth === 0 && (text[at] === ';' || (endsWithBrace && text[at] === '}'))) return text.slice(0, at);
  }
  return text;
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/,? \)/g, ')').trim();
}
